"""Factiva: documents that end with their number, with a two-letter code before each field or without."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.dates import split_date, starts_with_date
from toolkit.languages import CODES, language_code
from toolkit.readers.export_units import (
    BY,
    SENTENCE_ENDS,
    WORDS,
    as_units,
    author_name,
    doubt_about,
    outlet_fields,
    tail_start,
)
from toolkit.units import Fields, Unit

if TYPE_CHECKING:
    from lxml.etree import _Element

ABOVE_TEXT = tuple("CLM SE HD BY CR WC PD ET SN SC NGC GC ED PG VOL LA CY".split())
TEXT = ("LP", "TD")
BELOW_TEXT = tuple("CT RF ART CO IN NS RE IPC IPD PUB AN".split())
WITH_NAMES, IN_WORDS = ("CO", "IN", "NS", "RE"), ("CT", "RF", "ART", "IPD", "PUB")
FIELD_CODES = "|".join((*ABOVE_TEXT, *TEXT, *BELOW_TEXT))
CODE = re.compile(rf"({FIELD_CODES})(?:\t\s*|\s{{2,}}|\s*$)(.*)")  # parted from its value, or alone in its line
LOOSE_CODE = re.compile(rf"({FIELD_CODES}) (?=\S)(.*)")  # one space: only where such a line can be nothing else
CODED_VALUE = re.compile(r"\w{2,12} : \S|Document \w{16,}|[^|]{1,80} \| ")
END = re.compile(r"(?:AN )?(?:Document|Dokument|Documento|Документ) [A-Za-z]\w{3,11}\d{8}[a-z0-9]{6,14}")
CALLED = ("Document", "Dokument", "Документ")  # quick to look for: no end is without one of them
LENGTH = re.compile(rf"\s*(\d[\d.,\s]{{0,9}}) ?{WORDS}\s*")
CLOCK = re.compile(r"\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?(?:\s+[A-Z]{2,4})?\s*")
RIGHTS = re.compile(r"\s*(?:©|\(c\)|copyright\b)", re.IGNORECASE)
FURNITURE = re.compile(
    r"Factiva|(?:Factiva )?Dow Jones|(?:(?:Page|Seite) \d+ (?:of|von|de) \d+ ?)?© ?\d{4} (?:Factiva|Dow Jones).*",
    re.IGNORECASE,
)
SOURCE_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
PAGE = re.compile(r"[A-Z]?-?\d{1,4}(?:[-,; ]+[A-Z]?\d{1,4})*")
CLASSES = {"Headline": "HD", "author": "BY"}
MOST_ABOUT = 10  # lines from the outlet to the copyright
MOST_PUBLISHER_WORDS = 8


def is_factiva(text: str) -> bool:
    """Say whether a text holds documents that end with their number and say how many words they have."""
    if not any(map(text.__contains__, CALLED)):
        return False
    lines = text.split("\n")
    return any(map(_number, lines)) and any(map(_says_length, lines)) and not _is_quoting(text, lines)


def _is_quoting(text: str, lines: list[str]) -> bool:
    """Say whether most sentences of a text stand in none of its documents: it is a page that quotes one."""
    read = sum(len(_fields(document)["text"].split()) for document in _documents(text))
    sentences = (line for line in lines if line.rstrip()[-1:] in SENTENCE_ENDS and not _code(line)[0])
    return read < sum(len(line.split()) for line in sentences) / 2


def find_articles(text: str) -> Iterator[Unit]:
    """Yield one unit per document."""
    return as_units(map(_fields, _documents(text)))


def _number(line: str) -> str:
    """Return the number that a line ends a document with, "" where it ends none."""
    flat = " ".join(line.split())
    return flat.split()[-1] if END.fullmatch(flat) else ""


def _says_length(line: str) -> bool:
    return LENGTH.fullmatch(line) is not None or _code(line)[0] == "WC"


def _documents(text: str) -> Iterator[list[str]]:
    document: list[str] = []
    for line in text.split("\n"):
        if _number(line):
            yield [*document, line]
            document = []
        elif not FURNITURE.fullmatch(" ".join(line.split())):
            document.append(line.rstrip())
    if any(map(_says_length, document)):
        yield document  # cut short


def _code(line: str) -> tuple[str, str]:
    match = CODE.match(line)
    return (match[1], match[2].strip()) if match else ("", line.strip())


def _fields(lines: list[str]) -> Fields:
    codes = {_code(line)[0] for line in lines}
    coded = {"SN", "PD", "LA"} & codes and {"HD", "LP", "TD"} & codes
    return (_coded(lines) if coded else _plain(lines)) | {"archive_id": _number(lines[-1])}


def _code_below(line: str) -> str | None:
    """Return the code of a line that may stand below the text, "" where its value is known for one."""
    code, value = _code(line)
    loose = LOOSE_CODE.match(line)
    if not code and loose and CODED_VALUE.match(loose[2]):
        code, value = loose[1], loose[2]
    if not code:
        return "" if CODED_VALUE.match(value) else None
    is_prose = code in WITH_NAMES and value and not CODED_VALUE.match(value)
    if is_prose or code not in BELOW_TEXT:
        return None
    return "" if value else code


def _by_code(lines: list[str]) -> dict[str, list[str]]:
    """Return the lines behind each code; within the text, only the codes that come below it are codes."""
    values: dict[str, list[str]] = {}
    here, below = "", tail_start(lines, _code_below, IN_WORDS)
    for place, line in enumerate(lines):
        code, value = _code(line)
        is_text = here in TEXT and place < below
        if not code and not is_text and (loose := LOOSE_CODE.match(line)):
            code, value = loose[1], loose[2]
        if is_text and code not in TEXT:
            code, value = "", line.strip()
        here = code or here
        values.setdefault(here, []).append(value)
    return values


def _coded(lines: list[str]) -> Fields:
    """Read a document whose fields stand behind codes."""
    values = _by_code(lines)
    said = {code: " ".join(" ".join(found).split()) for code, found in values.items()}
    text = [line for code in TEXT for line in values.get(code, []) if line]
    clock = CLOCK.fullmatch(said.get("ET", ""))
    return outlet_fields(said.get("SN", "")) | {
        "title": said.get("HD", ""),
        "author": author_name(said.get("BY", "")),
        "published": split_date(f"{said.get('PD', '')} {clock[0] if clock else ''}")[1],
        "text": "\n\n".join(text),
        "section": said.get("SE", "") or said.get("CLM", ""),
        "language": language_code(said.get("LA", "")),
        "tags": _names(said.get("NS", "")),
        "places": _names(said.get("RE", "")),
        "organizations": _names(said.get("CO", "")),
        "caption": said.get("ART", ""),
        "page": said.get("PG", ""),
        "words": said.get("WC", ""),
        "publisher": said.get("PUB", ""),
        "doubt": doubt_about(text, _code_below),
    }


def _names(text: str) -> str:
    """Return the names of "gpol : Domestic Politics | gvote : Elections"."""
    return "; ".join(part.partition(" : ")[2].strip() or part.strip() for part in text.split("|"))


def _plain(lines: list[str]) -> Fields:
    """Read a document without codes: the line that says its length parts what is above it from date and outlet."""
    lines = [line.strip() for line in lines if line.strip() and not _number(line)]
    length = next((place for place, line in enumerate(lines) if LENGTH.fullmatch(line)), 0)
    below = lines[length + 1 :]
    dated = next((place for place, line in enumerate(below[:4]) if starts_with_date(line)), None)
    published = below.pop(dated) if dated is not None else ""
    clock = below.pop(0) if below and CLOCK.fullmatch(below[0]) else ""
    about = below[:MOST_ABOUT]
    rights = next((place for place, line in enumerate(about) if RIGHTS.match(line)), None)
    named = (place for place, line in enumerate(about[:rights]) if place and line.casefold() in CODES)
    spoken = next(named, None)
    ends = rights if rights is not None else spoken if spoken is not None else -1
    about, text = below[: ends + (rights is None)], below[ends + 1 :]
    publisher = text.pop() if len(text) > 1 and _is_publisher(text[-1]) else ""
    return (
        outlet_fields(about[0] if about else "")
        | _above(lines[:length])
        | {
            "published": split_date(f"{published} {clock}")[1],
            "text": "\n\n".join(text),
            "language": language_code(about[spoken]) if spoken else "",
            "page": next((line for line in about[1:] if PAGE.fullmatch(line) and not SOURCE_CODE.fullmatch(line)), ""),
            "words": lines[length] if length else "",
            "publisher": publisher,
        }
    )


def _above(lines: list[str]) -> Fields:
    """Tell section, title and author apart: by codes where the page showed them, else by their order and looks."""
    coded = dict(_code(line) for line in lines)
    if "HD" in coded:
        section = [line for line in lines[: [_code(line)[0] for line in lines].index("HD")] if not _code(line)[0]]
        return {"title": coded["HD"], "author": author_name(coded.get("BY", "")), "section": " ".join(section[-1:])}
    lines = lines[-3:]
    author = lines.pop() if len(lines) > 1 and (BY.match(lines[-1]) or len(lines) > 2) else ""
    section = lines.pop(0) if len(lines) > 1 and len(lines[0].split()) <= 3 else ""
    if len(lines) > 1 and not author:
        author = lines.pop()
    return {"title": " ".join(lines), "author": author_name(author), "section": section}


def _is_publisher(line: str) -> bool:
    return len(line.split()) <= MOST_PUBLISHER_WORDS and line[-1] not in ".!?…:;\"”»'" and line[0].isupper()


def is_factiva_tree(tree: "_Element") -> bool:
    """Say whether a tree is what Factiva saves as XML."""
    return next(tree.iter("{*}ppsarticle"), None) is not None


def find_in_tree(tree: "_Element") -> Iterator[Unit]:
    """Yield one unit per article of the XML."""
    results = next(tree.iter("{*}ppsarticleResultSet"), None)
    count = results.get("count", "") if results is not None else ""
    articles = (article for result in tree.iter("{*}ppsarticle") for article in result.iterchildren("{*}article"))
    return as_units(map(_of_xml, articles), int(count) if count.isdecimal() else None, "header")


def _of_xml(article: "_Element") -> Fields:
    def texts(path: str) -> list[str]:
        return [" ".join("".join(node.itertext()).split()) for node in article.iterfind(path)]

    paragraphs = [
        text
        for part in ("lead", "tail")
        for text in texts(f"{{*}}{part}Paragraph{'s' * (part == 'tail')}/{{*}}paragraph")
    ]
    return outlet_fields(" ".join(texts("{*}sourceName"))) | {
        "title": " ".join(texts("{*}headline/{*}paragraph")),
        "author": author_name(" ".join(texts("{*}byline"))),
        "published": " ".join(texts("{*}publicationDate/{*}dateTime") or texts("{*}publicationDate/{*}date")),
        "text": "\n\n".join(filter(None, paragraphs)),
        "section": " ".join(texts("{*}sectionName") or texts("{*}columnName")),
        "language": language_code(" ".join(texts("{*}baseLanguage"))),
        "tags": "; ".join(texts("{*}newsSubject/{*}name")),
        "places": "; ".join(texts("{*}region/{*}name")),
        "organizations": "; ".join(texts("{*}company/{*}name")),
        "page": "; ".join(texts("{*}pages/{*}page")),
        "words": " ".join(texts("{*}wordCount")),
        "publisher": " ".join(texts("{*}publisherName")),
        "archive_id": " ".join(texts("{*}accessionNo")),
    }
