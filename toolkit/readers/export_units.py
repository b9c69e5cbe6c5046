"""Export units: the documents of an archive export as units, checked against what the export states of itself."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import pairwise

from toolkit.outlets import find_outlet
from toolkit.units import Fields, Unit
from toolkit.zones import zone_of_place

# Von, par, por, door and di are parts of names too, such as Di Maio, Luigi: a whole name has to follow.
BY = re.compile(r"^\W*(?:(?i:by)(?::|\s)\s*|(?i:von|par|por|door|di)(?::\s*|\s+(?=[^\W\d_a-z][^\s,]*\s+\S)))")
PLACE = re.compile(r"(.+?)\s*\(([^()]{2,40})\)$")
WEB = re.compile(r"site web|web ?site|online|web", re.IGNORECASE)
EDITION = re.compile(r"[,;]\s+(?=(?:no|nr|vol)\b|[^,;]*\b(?:edition|ausgabe|édition|editie)\b)", re.IGNORECASE)
WORDS = r"(?:words?|Wörter|Wort|mots?|palabras|palavras|parole|woorden|слов\w*|字)"
COUNT = re.compile(r"\d(?:[\d.,'\s]*\d)?")
LABEL = re.compile(r"\s*([^\W\d_][\w /()-]{1,30}?)\s?:(?!//)\s*(.*)")
COPYRIGHT = re.compile(
    r"\s*(?:(?:copyright\b|©|\(c\))(?:\s|©|\(c\))*\d{4}"
    r"|all rights reserved|alle rechte vorbehalten|tous droits réservés)",
    re.IGNORECASE,
)
SENTENCE_ENDS = frozenset('.!?…"”“»«。！？」')
NARROWEST, WIDEST = 38, 140  # characters of lines broken at a fixed width
MOST_LOOSE_WORDS = 15  # in a line that belongs to the label above it
MOST_LOOSE_LINES = 3  # of prose in a caption or the like


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
    found, doubt = COUNT.search(fields.pop("words", "")), fields.pop("doubt", "")
    stated, read = int(re.sub(r"\D", "", found[0])) if found else 0, len(fields["text"].split())
    words = {"words": str(stated)} if found else {}
    differs = stated and not stated / 2 <= read <= stated * 2
    lengths = f"{stated:,} words stated, {read:,} read" if differs else ""
    return Unit(place, fields | words, detail="; ".join(filter(None, (note, lengths, doubt))))


def labelled(line: str, labels: Mapping[str, str]) -> tuple[str | None, str]:
    """Return the field a line is labelled as, and its value; None where it has no label that is known."""
    match = LABEL.match(line[:300])
    field = labels.get("-".join(match[1].casefold().split())) if match else None
    return (None, line) if match is None or field is None else (field, " ".join(line[match.start(2) :].split()))


def tail_start(lines: list[str], kind_of: Callable[[str], str | None], loose: Container[str] = ()) -> int:
    """Return where the labels begin that end a document: a label with prose below it is a line of the article.

    Below labels of the `loose` kinds there may be a little prose, if not only they end the document; a label that is
    not known is none of the article's where two that are known stand above it.
    """
    kinds = [kind_of(line) for line in lines]
    start, prose, is_sure = len(lines), 0, False
    for place in reversed(range(len(lines))):
        kind = kinds[place]
        if kind is None:
            is_field = None not in (kinds[place - 2 : place] or [None]) and LABEL.match(lines[place][:300])
            prose += reads_as_prose(lines[place]) and not is_field
        elif not prose or kind in loose:
            start, prose, is_sure = place, 0, is_sure or kind not in loose
        if prose > MOST_LOOSE_LINES or (prose and kind is not None):
            break
    return start if is_sure else len(lines)


def reads_as_prose(line: str) -> bool:
    """Say whether a line ends as a sentence does, or is as long as one."""
    return line.rstrip()[-1:] in SENTENCE_ENDS or len(line.split()) > MOST_LOOSE_WORDS


def doubt_about(lines: Iterable[str], kind_of: Callable[[str], str | None]) -> str:
    """Return what to say of a text in which a line looks like a label of the archive, "" where none does."""
    found = next((line for line in lines if kind_of(line) is not None), "")
    return f"kept in the text, though it looks like a label: {found.strip()[:40]!r}" if found else ""


def author_name(text: str) -> str:
    """Return a byline without its "By"; Factiva leaves the mark of a line break in it."""
    return BY.sub("", " ".join(text.replace("&softReturn;", " ").split()))


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
    """Return blocks of lines as paragraphs, lines that were broken at a width joined again."""
    return "\n\n".join(filter(None, (join_lines([line.strip() for line in block], width) for block in blocks)))


def width_of(lines: Iterable[str]) -> int:
    """Return the width at which the lines of a text were broken, 0 where they were not."""
    longest = max((len(line.rstrip()) for line in lines), default=0)
    return longest if NARROWEST <= longest <= WIDEST else 0


def join_lines(lines: list[str], width: int) -> str:
    """Return lines as a text in which one is joined to the next where that one's first word had no room.

    Programs that break lines leave a little room, and not all the same: a tenth of the width is allowed for.
    """
    pieces = []
    for line, after in pairwise([*lines, ""]):
        full = width and len(line) + 1 + len(after.split(" ", 1)[0]) > 0.9 * width
        pieces.append(line + (" " if full and after else "\n"))
    return "".join(pieces).strip()
