"""APA: what the online monitor of the Austrian press agency exports, articles one below the other."""

import re
from collections.abc import Iterator
from itertools import groupby

from toolkit.dates import split_date
from toolkit.readers.export_units import as_units, joined_paragraphs, outlet_fields
from toolkit.units import Fields, Unit

MARK = re.compile(
    r"^[ \t]*[\"„“»](?P<outlet>[^\"“”«\n]{2,80})[\"“”«][ \t]+(?:gefunden am|vom|erschienen am)[ \t]+"
    r"(?P<date>\d{1,2}\.\d{1,2}\.\d{4}(?:,?[ \t]+\d{1,2}:\d{2}(?:[ \t]+Uhr)?)?)(?P<rest>[^\n]{0,120})$",
    re.MULTILINE,
)
RULE = re.compile(r"_{20,}")
PAGE = re.compile(r"Seiten?:?\s*([\w-]+)")
MOST_TITLE_LINES = 3
SECTION = re.compile(r"Ressort:?\s*(.+)")


def is_apa(text: str) -> bool:
    """Say whether a text is such an export: its first line says where and when an article was found."""
    return MARK.match(text.lstrip("\n _\t")) is not None


def find_articles(text: str) -> Iterator[Unit]:
    """Yield one unit per article found."""
    marks = list(MARK.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    documents = (_fields(mark, text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True))
    return as_units(documents, note="published is when it was found" if "gefunden" in marks[0][0] else "")


def _fields(mark: re.Match, text: str) -> Fields:
    lines = ["" if RULE.fullmatch(line.strip()) else line.strip() for line in text.split("\n")]
    blocks = [list(run) for filled, run in groupby(lines, key=bool) if filled]
    title = blocks.pop(0) if blocks else []
    if len(title) > MOST_TITLE_LINES or not blocks:  # no blank line parts it from the text
        blocks, title = [title[1:], *blocks], title[:1]
    page, section = PAGE.search(mark["rest"]), SECTION.search(mark["rest"])
    return outlet_fields(mark["outlet"]) | {
        "title": " ".join(title),
        "published": split_date(mark["date"])[1],
        "text": joined_paragraphs(blocks, 0),
        "section": section[1] if section else "",
        "page": page[1] if page else "",
        "language": "de",
        "zone": "Vienna",
    }
