"""Page fields: the labelled lines of a saved page, gathered into one article."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from toolkit.dates import holds_date
from toolkit.readers import Fields, Unit
from toolkit.readers.archives import read_export
from toolkit.readers.decoding import read_text
from toolkit.readers.page_dates import find_published
from toolkit.readers.page_lines import Line, is_button, lines_of
from toolkit.readers.page_text import BODY_LABELS, TAG_HEADING, label_lines

COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[\s©]*(?:(?:\d{4}(?:\s*[-–]\s*\d{4})?)[,.]?\s*)?(?:by\s+)?([^\W\d_][^.|;,\n]{1,50})",
    re.IGNORECASE,
)
RIGHTS = re.compile(
    r"\b(?:all rights|inc\b|ltd\b|llc\b|gmbh\b|verlag\b|media group|reserved|unless|picture|photo|\d{4}).*",
    re.IGNORECASE,
)
SEPARATORS = re.compile(r"\s+[|♦•·–—]\s+|\s{3,}")
CRUMB = re.compile("[>›»]")
HOME = {"home", "homepage", "start", "startseite", "accueil", "inicio"}
NO_SECTION = re.compile(
    r"\W*(?:published|posted|created|updated|modified|last|by\b|von\b|par\b|\d+\s?min)", re.IGNORECASE
)
ZONE = re.compile(
    r"\btimes? (?:are|is) (?:in |given in )?([A-Z][\w/ ]+?)(?: time)?\b(?: \(\w+\))?$|\b([A-Z][a-z]+) time\b"
)
SMALL = re.compile(r"<small>(.*?)</small>")
SHORTEST_WRAPPED, LONGEST_WRAPPED = 45, 100  # characters
NO_PROSE = "no prose found, kept as it is"
LITTLE_TEXT = 150  # words
LONGEST_NOTICE = 300  # characters of a copyright line
LONGEST_LINE = 20_000  # characters in one line: a page whose line breaks were lost


def read(path: Path) -> Iterator[Unit]:
    """Yield the one article of a saved page, or those of an archive export."""
    text, encoding = read_text(path)
    units = read_export(text) or [page_unit(text)]
    yield from (replace(unit, detail="; ".join(filter(None, (encoding, unit.detail)))) for unit in units)


def page_unit(text: str) -> Unit:
    """Return the one article of a page or document that was saved as text."""
    notes = []
    if is_wrapped(text):
        text = unwrap(text)
        notes.append("lines broken at a fixed width, joined again")
    lines = lines_of(text)
    fields = page_fields(lines)
    if not fields["text"]:
        # Nothing reads as prose: a note or a list. Keep what there is rather than lose it.
        fields |= {"text": "\n\n".join(line.text for line in lines), "title": ""}
        notes.append(NO_PROSE)
    kept, found = len(fields["text"].split()), sum(line.words for line in lines)
    if kept < LITTLE_TEXT and kept < found / 7:
        notes.append("little of the page was taken for the article, look with: toolkit clean")
    if max(line.end - line.start for line in lines) > LONGEST_LINE or len(lines) == 1:
        notes.append("no line breaks to clean by, kept as it is")
    return Unit("", fields, detail="; ".join(notes))


def is_wrapped(text: str) -> bool:
    """Say whether the lines of a text were broken at a fixed width: many go on in lower case on the next line."""
    pairs = [
        (line, after) for line, after in pairwise(text.split("\n")) if len(line) >= SHORTEST_WRAPPED and after.strip()
    ]
    broken = sum(after.lstrip()[0].islower() and not line.rstrip().endswith((".", "!", "?")) for line, after in pairs)
    return broken >= 2 and broken >= len(pairs) / 4 and max(len(line) for line, _ in pairs) <= LONGEST_WRAPPED


def unwrap(text: str) -> str:
    """Join a line to the next where it is about as long as lines get; blank lines stay."""
    lines = [line.strip() for line in text.split("\n")]
    full = 0.7 * max(map(len, lines))
    return "".join(line + (" " if len(line) >= full and after else "\n") for line, after in pairwise([*lines, ""]))


def page_fields(lines: list[Line]) -> Fields:
    """Gather title, text, teaser, caption, tags, related, section, published, outlet and zone from lines of a page."""
    labels = [label for label, _ in label_lines(lines)]
    found = {name: [line for line, label in zip(lines, labels, strict=True) if label == name] for name in set(labels)}
    body = [line.text for line, label in zip(lines, labels, strict=True) if label in BODY_LABELS]
    datelines = [line.text for line in found.get("dateline", [])]
    around = [
        line for line, label in zip(lines, labels, strict=True) if label not in ("caption", "credit", *BODY_LABELS)
    ]
    outlet = _outlet(around, datelines)
    return {
        "title": _text(found, "headline").lstrip("# "),
        "text": "\n\n".join(body),
        "teaser": _text(found, "teaser"),
        "caption": _captions(found),
        "tags": "; ".join(_tags(found.get("tags", []))),
        "related": _text(found, "related"),
        "author": re.sub(r"^\W*by\s+", "", _text(found, "byline").split("\n")[0], flags=re.IGNORECASE),
        "published": find_published(lines, labels),
        "section": _section(lines, labels, datelines, outlet),
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


def _section(lines: list[Line], labels: list[str], datelines: list[str], outlet: str) -> str:
    """Return what the dateline holds beside date and outlet, else the path of crumbs above the headline."""
    for line in datelines:
        pieces = [piece.strip(" ()") for piece in SEPARATORS.split(line[:LONGEST_NOTICE])]
        plain = [piece for piece in pieces if piece and not holds_date(piece) and piece != outlet and len(piece) < 60]
        plain = [piece for piece in plain if not (NO_SECTION.match(piece) or is_button(piece))]
        if len(pieces) > 1 and plain:
            return plain[0]
    headline = labels.index("headline") if "headline" in labels else 0
    above = (line.text.partition(": ")[2] or line.text for line in reversed(lines[max(0, headline - 8) : headline]))
    crumbs = (
        [piece.strip() for piece in CRUMB.split(text)] for text in above if CRUMB.search(text) and len(text) < 120
    )
    return " > ".join(piece for piece in next(crumbs, []) if piece and piece.casefold() not in HOME)


def _outlet(lines: list[Line], datelines: list[str]) -> str:
    """Return the name that holds the copyright, preferring one that the page says elsewhere too."""
    names = [
        RIGHTS.sub("", match[1]).strip(" .,-–()")
        for line in lines
        for match in COPYRIGHT.finditer(line.text[:LONGEST_NOTICE])
    ]
    names = [name for name in names if 0 < len(name.split()) <= 5 and "/" not in name]
    if not names:
        return ""
    said = Counter(names)
    whole = {line.text.casefold() for line in lines}
    in_dateline = " ".join(datelines)
    return max(said, key=lambda name: (name in in_dateline, name.casefold() in whole, said[name]))


def _zone(lines: list[Line]) -> str:
    """Return the place whose time the page says it tells: Vienna for "All times are Vienna time"."""
    for line in lines:
        if "time" in line.text and line.words <= 12 and (match := ZONE.search(line.text)):
            return (match[1] or match[2]).removesuffix(" time")
    return ""
