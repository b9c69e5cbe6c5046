"""GDELT: rows of its Global Knowledge Graph 2.1, which have no header; they tell of articles but hold no text.

Columns as in the GKG codebook (version 2.1, 2015); its times are UTC.
"""

import re
from collections.abc import Iterator
from html import unescape

from toolkit.units import Fields, Unit

WIDTH = 27
RECORD_ID = re.compile(r"\d{14}-T?\d+")
STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
EXTRA = re.compile(r"<PAGE_(TITLE|AUTHORS|PRECISEPUBTIMESTAMP)>([^<]*)</")


def is_gkg(text: str) -> bool:
    """Say whether a text begins with a row of the Global Knowledge Graph."""
    cells = text[: text.find("\n")].split("\t")
    return len(cells) == WIDTH and RECORD_ID.fullmatch(cells[0]) is not None


def read_gkg(text: str, detail: str) -> Iterator[Unit]:
    """Yield one unit per row; quotation marks mean nothing in these files."""
    for number, line in enumerate(text.split("\n"), start=1):
        cells = line.split("\t")
        if not line.strip():
            continue
        if len(cells) == WIDTH:
            yield Unit(f"row {number}", _fields(cells), detail=f"{detail}, GDELT GKG without a header")
        else:
            yield Unit(f"row {number}", reason=f"row has {len(cells)} cells, a GKG row {WIDTH}", detail=detail)


def _fields(cells: list[str]) -> Fields:
    extras = {name: unescape(value).strip() for name, value in EXTRA.findall(cells[26])}
    # The hour a story was published where the page told it, else that of the batch in which it was seen.
    stamp = STAMP.fullmatch(extras.get("PRECISEPUBTIMESTAMP") or cells[1])
    return {
        "article_id": cells[0],
        "published": "{}-{}-{}T{}:{}:{}Z".format(*stamp.groups()) if stamp else cells[1],
        "outlet": cells[3],
        "url": cells[4],
        "title": extras.get("TITLE", ""),
        "author": extras.get("AUTHORS", ""),
        "tags": "; ".join(theme for theme in cells[7].split(";") if theme),
        "tone": cells[15].partition(",")[0],
    }
