"""APA: what the online monitor of the Austrian press agency exports, articles one below the other."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from toolkit.dates import split_date
from toolkit.readers.export_units import as_units, doubt_about, joined_paragraphs, outlet_fields
from toolkit.units import Fields, Unit

MARK = re.compile(
    r"[\"„“»](?P<outlet>[^\"“”«]{2,80})[\"“”«][ \t]+(?P<how>gefunden am|vom|erschienen am)[ \t]+"
    r"(?P<date>\d{1,2}\.\d{1,2}\.\d{4}(?:,?[ \t]+\d{1,2}:\d{2}(?:[ \t]+Uhr)?)?)(?P<rest>.{0,120})"
)
RULE = re.compile(r"_{20,}")
PAGE = re.compile(r"Seiten?:?\s*([\w-]+)")
MOST_TITLE_LINES = 3
SECTION = re.compile(r"Ressort:?\s*(.+)")


def is_apa(text: str) -> bool:
    """Say whether a text is such an export: its first line says where and when an article was found.

    A letter to the editor may begin so too, and then has nothing else of an export.
    """
    first, *lines = text.lstrip("\n _\t").split("\n")
    if (mark := MARK.fullmatch(first.strip())) is None:
        return False
    fields = PAGE.search(mark["rest"]) or SECTION.search(mark["rest"])
    return bool(mark["how"] == "gefunden am" or fields or any(MARK.fullmatch(line.strip()) for line in lines))


def find_articles(text: str) -> Iterator[Unit]:
    """Yield one unit per article found."""
    lines = [line.strip() for line in text.lstrip("\n _\t").split("\n")]
    places = list(_marked(lines))
    documents = (_fields(lines[start:end]) for start, end in pairwise([*places, len(lines)]))
    return as_units(documents, note="published is when it was found" if "gefunden" in lines[0] else "")


def _marked(lines: list[str]) -> Iterator[int]:
    """Yield the places of the lines that open an article: below a rule, if any is, else those worded as the first."""
    filled = [(place, line) for place, line in enumerate(lines) if line]
    marks = [(at, mark) for at, (_, line) in enumerate(filled) if (mark := MARK.fullmatch(line))]
    ruled = [at for at, _ in marks if at and RULE.fullmatch(filled[at - 1][1])]
    alike = [at for at, mark in marks if mark["how"] == marks[0][1]["how"]]
    yield from (filled[at][0] for at in ([0, *ruled] if ruled else alike))


def _fields(lines: list[str]) -> Fields:
    mark, lines = MARK.fullmatch(lines[0]), ["" if RULE.fullmatch(line) else line for line in lines[1:]]
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
        "doubt": doubt_about(lines, lambda line: "mark" if MARK.fullmatch(line) else None),
    }
