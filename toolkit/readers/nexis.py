"""Nexis: numbered documents ("1 of 10 DOCUMENTS") as LexisNexis saves them, in whatever language its interface speaks.

Fields are labelled in capitals; outlet, date and title stand without a label above them.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from toolkit.dates import split_date, starts_with_date
from toolkit.readers.export_units import as_units, joined_paragraphs, outlet_fields, width_of
from toolkit.readers.nexis_labels import ABOVE_TEXT, COPYRIGHT, described, label_of
from toolkit.units import Fields, Unit

NUMBERED = re.compile(
    r"\s*(?:(?P<number>\d{1,6}) (?:of|von|de|van|di) (?P<total>\d{1,6}) (?:DOCUMENT|DOKUMENT|DOCUMENTO)(?:S|E|EN|I)?"
    r"|(?P<word>Dokument|Document|Documento) (?P<number2>\d{1,6}) (?:von|de|of|van|di) (?P<total2>\d{1,6}))\s*"
)
SELECTED = re.compile(r"^[ \t]*Download Request:.{0,40}?Items:\s*([\d, -]{1,500})$", re.MULTILINE)
CALLED = re.compile("D(?i:O[CK]UMENT)")  # quick to look for: no mark is without it
LONGEST_MARK = 120  # characters
Block = list[str]


def is_nexis(text: str) -> bool:
    """Say whether a text holds numbered documents with labels in capitals."""
    return any(any(label_of(line, capitals=True)[0] is not None for line in lines) for _, lines in _documents(text))


def find_articles(text: str) -> Iterator[Unit]:
    """Yield one unit per numbered document."""
    documents = list(_documents(text))
    stated = _selected(text) or _numbered([mark for mark, _ in documents])
    return as_units((_fields(lines) for _, lines in documents), stated, "header")


def _documents(text: str) -> Iterator[tuple[re.Match, list[str]]]:
    """Yield the line that numbers a document and the lines below it."""
    lines = text.split("\n")
    called = [place for place, line in enumerate(lines) if CALLED.search(line)]
    marks = [(place, mark) for place in called if (mark := _mark(lines, place))]
    ends = [place for place, _ in marks[1:]] + [len(lines)]
    for (place, mark), end in zip(marks, ends, strict=False):
        yield mark, lines[place + 1 : end]


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


def _numbered(marks: list[re.Match]) -> int | None:
    """Return how many documents there should be from the first number on."""
    first, total = (int(marks[0][name] or marks[0][f"{name}2"]) for name in ("number", "total"))
    return total - first + 1 if first <= total else None


def _fields(lines: list[str]) -> Fields:
    """Read one document: what stands above the labels, the labelled fields, and the text between them."""
    above, labelled, text = _parts(list(_blocks(lines)))
    above = [[line for line in block if not COPYRIGHT.match(line)] for block in above]
    head, rest = _head([block for block in above if block])
    text = text if labelled.keys() & ABOVE_TEXT or text else rest
    while text and COPYRIGHT.match(text[-1][0]):
        text.pop()
    values = {name: " ".join(" ".join(value).split()) for name, value in labelled.items()}
    return head | described(values) | {"text": joined_paragraphs(text, width_of(lines))}


def _parts(blocks: list[Block]) -> tuple[list[Block], dict[str, list[str]], list[Block]]:
    """Sort the blocks of a document: those above the first label, the labelled ones by field, those of the text."""
    above: list[Block] = []
    labelled: dict[str, list[str]] = {}
    text: list[Block] = []
    stage, last = "above", ""
    for place, block in enumerate(blocks):
        field, value = label_of(block[0], capitals=True)
        if field == "text" and stage in ("above", "head"):
            stage = "text"
            text.append([value, *block[1:]])
        elif field in ABOVE_TEXT and stage != "text":
            stage, last = "tail" if stage == "tail" else "head", field
            labelled.setdefault(field, []).extend([value, *block[1:]])
        elif field is not None and _opens_tail(blocks, place):
            stage, last = "tail", field
            labelled.setdefault(field, []).extend([value, *block[1:]])
        elif stage == "above":
            above.append(block)
        elif stage != "tail":
            stage = "text"
            text.append(block)
        elif not COPYRIGHT.match(block[0]):
            labelled[last].extend(block)
    return above, labelled, text


def _opens_tail(blocks: list[Block], place: int) -> bool:
    """Say whether a labelled block is no paragraph of the text: another label or the end is near."""
    field, value = label_of(blocks[place][0], capitals=True)
    if field in ABOVE_TEXT:
        return False
    if field == "load_date":
        return bool(split_date(value)[1])
    near = blocks[place + 1 : place + 4]
    return len(near) < 2 or any(
        label_of(block[0], capitals=True)[0] is not None or COPYRIGHT.match(block[0]) for block in near
    )


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Yield the runs of lines between blank ones; labelled lines that follow each other are parted."""
    if not any(not line.strip() for line in lines[1:-1]):
        yield from ([line] for line in lines if line.strip())
        return
    for filled, run in groupby(lines, key=lambda line: bool(line.strip())):
        block: Block = []
        for line in run if filled else ():
            if (
                block
                and label_of(block[0], capitals=True)[0] is not None
                and label_of(line, capitals=True)[0] is not None
            ):
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
    left = above[dated + 1 :]
    while left and starts_with_date(left[0][0]) and not split_date(left[0][0])[2]:
        left = left[1:]
    title = " ".join(" ".join(left[0]).split()) if left else ""
    return outlet | {"published": published, "edition": edition, "title": title}, left[1:]
