"""Nexis: numbered documents ("1 of 10 DOCUMENTS") as LexisNexis saves them, in whatever language its interface speaks.

Fields are labelled in capitals; outlet, date and title stand without a label above them.
"""

import re
from collections.abc import Iterator
from itertools import dropwhile, groupby

from toolkit.dates import split_date, starts_with_date
from toolkit.readers.export_units import (
    COPYRIGHT,
    as_units,
    doubt_about,
    joined_paragraphs,
    outlet_fields,
    tail_start,
    width_of,
)
from toolkit.readers.nexis_labels import ABOVE_TEXT, described, label_of
from toolkit.units import Fields, Unit

NUMBERED = re.compile(
    r"\s*(?:(?P<number>\d{1,6}) (?:of|von|de|van|di) (?P<total>\d{1,6}) (?:DOCUMENT|DOKUMENT|DOCUMENTO)(?:S|E|EN|I)?"
    r"|(?P<word>Dokument|Document|Documento) (?P<number2>\d{1,6}) (?:von|de|of|van|di) (?P<total2>\d{1,6}))\s*"
)
SELECTED = re.compile(r"^[ \t]*Download Request:.{0,40}?Items:\s*([\d, -]{1,500})$", re.MULTILINE)
CALLED = re.compile("D(?i:O[CK]UMENT)")  # quick to look for: no mark is without it
LONGEST_MARK = 120  # characters
HEAD, MOST_ABOVE_DATE = 40, 8  # lines among which a document has its first label, and its date
Block = list[str]


def is_nexis(text: str) -> bool:
    """Say whether a text holds numbered documents that begin with a date and labels in capitals."""
    return any(_has_head(lines) for _, lines in _numbered_parts(text))


def find_articles(text: str) -> Iterator[Unit]:
    """Yield one unit per numbered document."""
    documents = list(_documents(text))
    stated = _selected(text) or _numbered(documents[0][0])
    return as_units((_fields(lines) for _, lines in documents), stated, "header")


def _documents(text: str) -> Iterator[tuple[re.Match, list[str]]]:
    """Yield the line that numbers a document and the lines below it; a number that no head follows is of the text."""
    document: tuple[re.Match, list[str]] | None = None
    for mark, lines in _numbered_parts(text):
        if document is None or _has_head(lines):
            if document:
                yield document
            document = (mark, lines)
        else:
            document[1].extend([mark[0].strip(), *lines])
    if document:
        yield document


def _numbered_parts(text: str) -> Iterator[tuple[re.Match, list[str]]]:
    lines = text.split("\n")
    called = [place for place, line in enumerate(lines) if CALLED.search(line)]
    marks = [(place, mark) for place in called if (mark := _mark(lines, place))]
    ends = [place for place, _ in marks[1:]] + [len(lines)]
    for (place, mark), end in zip(marks, ends, strict=False):
        yield mark, lines[place + 1 : end]


def _has_head(lines: list[str]) -> bool:
    """Say whether lines begin as a document does: with a date above a label or load date, or with two labels."""
    head = [line for line in lines[:HEAD] if line.strip()]
    labels = [place for place, line in enumerate(head) if _label(line)[0] in ABOVE_TEXT]
    if not any(map(starts_with_date, head[: labels[0] if labels else MOST_ABOVE_DATE])):
        return len(labels) > 1
    return bool(labels) or any(_label(line)[0] == "load_date" for line in lines)


def _label(line: str) -> tuple[str | None, str]:
    """Return field and value of a line whose label is in capitals."""
    field, value = label_of(line)
    return (field, value) if field is not None and line.partition(":")[0].isupper() else (None, line)


def _kind(line: str) -> str | None:
    """Return the field of a line that may stand below the text."""
    field = _label(line)[0]
    return "copyright" if COPYRIGHT.match(line) else None if field == "text" else field


def _mark(lines: list[str], place: int) -> re.Match | None:
    mark = NUMBERED.fullmatch(lines[place]) if len(lines[place]) < LONGEST_MARK else None
    beside = (*lines[max(0, place - 1) : place], *lines[place + 1 : place + 2])
    filled = mark and mark["word"] and any(line.strip() for line in beside)
    return None if filled else mark  # filled: words of a sentence that are a line by chance


def _selected(text: str) -> int | None:
    """Return how many items were asked for: 62 for 1201-1262."""
    found = SELECTED.search(text)
    pairs = [part.partition("-") for part in re.sub(r"[^\d,-]", "", found[1]).split(",")] if found else []
    counts = [int(last or first) - int(first) + 1 for first, _, last in pairs if first]
    return sum(counts) if counts and min(counts) > 0 else None


def _numbered(mark: re.Match) -> int | None:
    """Return how many documents there should be from the first number on."""
    first, total = (int(mark[name] or mark[f"{name}2"]) for name in ("number", "total"))
    return total - first + 1 if first <= total else None


def _fields(lines: list[str]) -> Fields:
    """Read one document: what stands above the labels, the labelled fields, and the text between them."""
    blocks = list(_blocks(lines))
    tail = _tail_start([" ".join(block) for block in blocks])
    above, labelled, text = _parts(blocks[:tail])
    above = [[line for line in block if not COPYRIGHT.match(line)] for block in above]
    head, rest = _head([block for block in above if block])
    text = text if labelled.keys() & ABOVE_TEXT or text else rest
    while text and COPYRIGHT.match(text[-1][0]):
        text.pop()
    _add_tail(labelled, blocks[tail:])
    values = {name: " ".join(" ".join(value).split()) for name, value in labelled.items()}
    doubt = doubt_about((block[0] for block in text), _kind)
    return head | described(values) | {"text": joined_paragraphs(text, width_of(lines)), "doubt": doubt}


def _tail_start(lines: list[str]) -> int:
    """Return where the labels below the text begin, which are not those above it; a correction before them is text."""
    start = tail_start(lines, _kind, ("caption", "correction", "copyright"))
    below = (
        place for place in range(start, len(lines)) if _kind(lines[place]) not in (None, "correction", *ABOVE_TEXT)
    )
    return next(below, len(lines))


def _parts(blocks: list[Block]) -> tuple[list[Block], dict[str, list[str]], list[Block]]:
    """Sort the blocks above the tail: those above the first label, the labelled ones by field, those of the text."""
    above: list[Block] = []
    labelled: dict[str, list[str]] = {}
    text: list[Block] = []
    for block in blocks:
        field, value = _label(block[0])
        if not text and field == "text":
            text.append([value, *block[1:]])
        elif not text and field in ABOVE_TEXT:
            labelled.setdefault(field, []).extend([value, *block[1:]])
        else:
            (text if text or labelled else above).append(block)
    return above, labelled, text


def _add_tail(labelled: dict[str, list[str]], blocks: list[Block]) -> None:
    """Add the blocks below the text to their fields; what has no label goes on with the one above it."""
    last = ""
    for block in blocks:
        field, value = _label(block[0])
        if COPYRIGHT.match(block[0]):
            last = ""
        else:
            last = last if field is None else field
            labelled.setdefault(last, []).extend([value, *block[1:]])


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Yield the runs of lines between blank ones; labelled lines that follow each other are parted."""
    if not any(not line.strip() for line in lines[1:-1]):
        yield from ([line] for line in lines if line.strip())
        return
    for filled, run in groupby(lines, key=lambda line: bool(line.strip())):
        block: Block = []
        for line in run if filled else ():
            if block and _label(block[0])[0] is not None and _label(line)[0] is not None:
                yield block
                block = []
            block.append(line)
        if block:
            yield block


def _head(above: list[Block]) -> tuple[Fields, list[Block]]:
    """Read outlet, date, edition and title from the blocks above the labels; return what is left, too."""
    dated = next((place for place, block in enumerate(above) if starts_with_date(block[0])), None)
    outlet = outlet_fields(" ".join(above[0])) if above and dated != 0 else {}
    if dated is None:
        return outlet | {"title": " ".join(" ".join(above[-1]).split()) if len(above) > 1 else ""}, []
    _, published, after = split_date(above[dated][0])
    edition = "; ".join(
        filter(None, [outlet.get("edition", ""), after, *(line.strip(" ;") for line in above[dated][1:])])
    )
    left = list(dropwhile(lambda block: starts_with_date(block[0]) and not split_date(block[0])[2], above[dated + 1 :]))
    title = " ".join(" ".join(left[0]).split()) if left else ""
    return outlet | {"published": published, "edition": edition, "title": title}, left[1:]
