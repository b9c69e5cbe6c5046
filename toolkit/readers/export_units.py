"""Export units: the documents of an archive export as units, checked against what the export states of itself."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from toolkit.outlets import find_outlet
from toolkit.units import Fields, Unit
from toolkit.zones import zone_of_place

BY = re.compile(r"^\W*(?:by|von|par|por|door|di|de)(?::|\s)\s*", re.IGNORECASE)
PLACE = re.compile(r"(.+?)\s*\(([^()]{2,40})\)$")
WEB = re.compile(r"site web|web ?site|online|web", re.IGNORECASE)
EDITION = re.compile(r"[,;]\s+(?=(?:no|nr|vol)\b|[^,;]*\b(?:edition|ausgabe|édition|editie)\b)", re.IGNORECASE)
COUNT = re.compile(r"\d(?:[\d.,' ]*\d)?")
NARROWEST, WIDEST = 55, 100  # characters of lines broken at a fixed width


def as_units(
    documents: Iterable[Fields], stated: int | None = None, place: str = "cover page", note: str = ""
) -> Iterator[Unit]:
    """Yield one unit per document, and one more, dropped, where the export states another number of them."""
    number = 0
    for number, fields in enumerate(documents, start=1):
        yield _unit(
            f"document {number}", {name: value.strip() for name, value in fields.items() if value.strip()}, note
        )
    if stated is not None and stated != number:
        documents_stated = f"{stated:,} document{'' if stated == 1 else 's'}"
        yield Unit(
            place, reason=f"the {place} says {documents_stated}, {number:,} {'was' if number == 1 else 'were'} read"
        )


def _unit(place: str, fields: Fields, note: str) -> Unit:
    if not fields.get("text"):
        title = fields.get("title", "")[:80]
        return Unit(place, reason=f"no text in {place}", detail=f"its title is {title!r}" if title else "")
    found = COUNT.search(fields.pop("words", ""))
    stated, read = int(re.sub(r"\D", "", found[0])) if found else 0, len(fields["text"].split())
    words = {"words": str(stated)} if found else {}
    differs = stated and not stated / 2 <= read <= stated * 2
    lengths = f"{stated:,} words stated, {read:,} read" if differs else ""
    return Unit(place, fields | words, detail="; ".join(filter(None, (note, lengths))))


def author_name(text: str) -> str:
    """Return a byline without its "By"."""
    return BY.sub("", " ".join(text.split()))


def outlet_fields(text: str) -> Fields:
    """Return outlet and edition: a place in brackets stays in the name unless the outlet is known to be there."""
    name, *edition = EDITION.split(" ".join(text.split()), maxsplit=1)
    match = PLACE.match(name)
    if match:
        known = find_outlet(match[1])
        if WEB.fullmatch(match[2]) or (known and zone_of_place(match[2]) == known.zone):
            name, edition = match[1], [match[2], *edition]
        else:
            name = f"{match[1]} ({match[2]})"
    return {"outlet": name, "edition": "; ".join(edition)}


def joined_paragraphs(blocks: Iterable[list[str]], width: int) -> str:
    """Return blocks of lines as paragraphs; a line is joined to the next where that one's first word had no room.

    Programs that break lines leave a little room, and not all the same: a tenth of the width is allowed for.
    """
    return "\n\n".join(filter(None, (_joined([line.strip() for line in block], width) for block in blocks)))


def width_of(lines: Iterable[str]) -> int:
    """Return the width at which the lines of a text were broken, 0 where they were not."""
    longest = max((len(line.rstrip()) for line in lines), default=0)
    return longest if NARROWEST <= longest <= WIDEST else 0


def _joined(lines: list[str], width: int) -> str:
    pieces = []
    for line, after in pairwise([*lines, ""]):
        full = width and len(line) + 1 + len(after.split(" ", 1)[0]) > 0.9 * width
        pieces.append(line + (" " if full and after else "\n"))
    return "".join(pieces).strip()
