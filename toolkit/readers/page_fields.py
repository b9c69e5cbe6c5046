"""Page fields: the labelled lines of a saved page, gathered into one article."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from toolkit.dates import holds_date
from toolkit.readers.archives import read_export
from toolkit.readers.export_units import NARROWEST, author_name, join_lines, width_of
from toolkit.readers.page_cues import TAG_HEADING, is_button
from toolkit.readers.page_dates import find_published
from toolkit.readers.page_labels import SHORT_LINE, Label
from toolkit.readers.page_lines import Line, Reasons, lines_of, read_page
from toolkit.readers.page_looks import LONGEST_NOTICE
from toolkit.readers.page_outlet import is_holder_only, outlet_of
from toolkit.readers.page_rules import REASON, Rules
from toolkit.readers.page_shared import NOTHING_SHARED, Shared, reasons_beside
from toolkit.readers.page_text import body_of, label_page
from toolkit.units import Fields, Unit

SEPARATORS = re.compile(r"\s+[|♦•·–—]\s+|\s{3,}")
CRUMB = re.compile("[>›»]")
HOME = {"home", "homepage", "start", "startseite", "accueil", "inicio"}
NO_SECTION = re.compile(
    r"\W*(?:published|posted|created|updated|modified|last|by\b|von\b|par\b|\d+\s?min)", re.IGNORECASE
)
ZONE = re.compile(
    r"\btimes? (?:are|is) (?:in |given in )?([A-Z][\w/ ]+?)(?: time)?\b(?: \(\w+\))?$|\b([A-Z][a-z]+) time\b"
)
SMALL = re.compile(r"<small>([^<]*)</small>")
NO_PROSE = "no prose found, kept as it is"
CRUMB_REACH = 8  # lines above the headline
MANY = 5  # lines of a table, a poem or a list, rather than of a box
LITTLE_TEXT = 150  # words
LONGEST_LINE = 20_000  # characters in one line: a page whose line breaks were lost


def read(path: Path, shared: Shared = NOTHING_SHARED, rules: Rules | None = None) -> Iterator[Unit]:
    """Yield the articles of an archive export, else the one of a saved page.

    For a page it helps to know what its outlet's pages share, and a user's rules.
    """
    text, encoding = read_page(path)
    units = read_export(text)
    if not units:
        unit = page_unit(text, reasons_beside(path, shared), rules)
        # Of the page as it stands, since the text taken from it may change with the pages beside it.
        article_id = hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()[:12]
        units = [replace(unit, fields=unit.fields | {"article_id": article_id})]
    yield from (replace(unit, detail="; ".join(filter(None, (encoding, unit.detail)))) for unit in units)


def page_unit(text: str, reasons: Reasons | None = None, rules: Rules | None = None) -> Unit:
    """Return the one article of a page or document that was saved as text."""
    whole = joined(text)
    notes = ["lines broken at a fixed width, joined again"] if whole is not text else []
    lines = lines_of(whole, reasons)
    labels = label_page(lines, rules)
    fields = page_fields(lines, labels)
    if ruled := [reason for _, reason in labels].count(REASON):
        notes.append(f"{ruled} lines labelled {REASON}")
    if is_holder_only(fields["outlet"], lines):
        notes.append("outlet by the copyright alone, which may be its owner's")
    if not fields["text"]:
        # Nothing reads as prose: a note or a list. Keep what there is rather than lose it.
        fields |= {"text": "\n\n".join(line.text for line in lines), "title": ""}
        notes.append(NO_PROSE)
    if (short := labels.count(SHORT_LINE)) >= MANY:
        notes.append(f"{short} short lines amid the text left out, look with: toolkit clean")
    kept, found = len(fields["text"].split()), sum(line.look.words for line in lines)
    if kept < LITTLE_TEXT and kept < found / 7:
        notes.append("little of the page was taken for the article, look with: toolkit clean")
    if max(len(line.text) for line in lines) > LONGEST_LINE or len(lines) == 1:
        notes.append("no line breaks to clean by, kept as it is")
    return Unit("", fields, detail="; ".join(notes))


def joined(text: str) -> str:
    """Join the lines of a text that were broken at a fixed width, which is told by many going on in lower case."""
    lines = [line.strip() for line in text.split("\n")]
    width = width_of(lines)
    pairs = [(line, after) for line, after in pairwise(lines) if len(line) >= NARROWEST and after]
    broken = sum(after[0].islower() and not line.endswith((".", "!", "?")) for line, after in pairs)
    return join_lines(lines, width) if width and broken >= max(2, len(pairs) / 4) else text


def page_fields(lines: list[Line], labels: list[Label]) -> Fields:
    """Gather title, text, teaser, caption, tags, related, section, published, outlet and zone from lines of a page."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line, (label, _) in zip(lines, labels, strict=True):
        found[label].append(line)
    datelines = [line.text for line in found["dateline"]]
    outlet = outlet_of(lines, labels)
    headline = lines.index(found["headline"][0]) if found["headline"] else 0
    return {
        "title": _text(found, "headline").lstrip("# "),
        "text": body_of(lines, labels),
        "teaser": _text(found, "teaser"),
        "caption": _captions(found),
        "tags": "; ".join(_tags(found["tags"])),
        "related": _text(found, "related"),
        "author": author_name(_text(found, "byline").split("\n")[0]),
        "published": find_published(lines, [label for label, _ in labels]),
        "section": _section(lines[max(0, headline - CRUMB_REACH) : headline], datelines, outlet),
        "outlet": outlet,
        "zone": _zone(lines),
    }


def _text(found: dict[str, list[Line]], label: str) -> str:
    return "\n".join(line.text for line in found.get(label, []))


def _captions(found: dict[str, list[Line]]) -> str:
    """Return the captions and credits once each, the tags some pages leave in them removed."""
    pieces = [
        SMALL.sub(r" (\1)\n", line.text).strip() for name in ("caption", "credit") for line in found.get(name, [])
    ]
    return "\n".join(dict.fromkeys("\n".join(pieces).split("\n"))).strip()


def _tags(lines: list[Line]) -> list[str]:
    items = (item.strip() for line in lines for item in re.split(r"[,;|]", TAG_HEADING.sub("", line.text, count=1)))
    return list(dict.fromkeys(item for item in items if item))


def _section(above: list[Line], datelines: list[str], outlet: str) -> str:
    """Return what the dateline holds beside date and outlet, else the path of crumbs above the headline."""
    for line in datelines:
        pieces = [piece.strip(" ()") for piece in SEPARATORS.split(line[:LONGEST_NOTICE])]
        plain = [piece for piece in pieces if piece and not holds_date(piece) and piece != outlet and len(piece) < 60]
        plain = [piece for piece in plain if not (NO_SECTION.match(piece) or is_button(piece))]
        if len(pieces) > 1 and plain:
            return plain[0]
    texts = (line.text.partition(": ")[2] or line.text for line in reversed(above))
    crumbs = (
        [piece.strip() for piece in CRUMB.split(text)] for text in texts if CRUMB.search(text) and len(text) < 120
    )
    return " > ".join(piece for piece in next(crumbs, []) if piece and piece.casefold() not in HOME)


def _zone(lines: list[Line]) -> str:
    """Return the place whose time the page says it tells: Vienna for "All times are Vienna time"."""
    for line in lines:
        if "time" in line.text and line.look.words <= 12 and (match := ZONE.search(line.text[:LONGEST_NOTICE])):
            return (match[1] or match[2]).removesuffix(" time")
    return ""
