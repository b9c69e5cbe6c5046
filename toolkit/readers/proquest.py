"""ProQuest: documents of labelled lines, from the title to the name of the database, as text, page or mail."""

import re
from collections.abc import Iterator
from itertools import takewhile

from toolkit.dates import split_date
from toolkit.languages import language_code
from toolkit.readers.export_units import (
    as_units,
    author_name,
    doubt_about,
    labelled,
    outlet_fields,
    reads_as_prose,
    tail_start,
)
from toolkit.units import Fields, Unit

_LABELS = {
    "title": "title",
    "author": "author|authors",
    "info": "publication info",
    "teaser": "abstract|abstract (english)",
    "text": "full text|fulltext",
    "tags": "subject",
    "section": "section",
    "outlet": "publication title",
    "published": "publication date",
    "page": "pages|first page|start page",
    "language": "language of publication|language",
    "url": "document url",
    "archive_id": "proquest document id",
    "persons": "people",
    "organizations": "company / organization",
    "places": "location",
    "publisher": "publisher",
    "": """business indexing term|identifier / keyword|identifiers / keywords|number of pages|volume|issue|year
        |publication year|place of publication|country of publication|publication subject|issn|e-issn|isbn|coden
        |source type|document type|document feature|copyright|last updated|database|links|credit|dateline|column
        |classification|source attribution|doi|accession number|journal subject|correspondence author|supplement
        |edition|illustration|caption|url|product name|naics|ticker|duns|substance|medium|alternate title|headnote
        |first available|milestone dates|publication date range|industry|notes|language of summary""",
}
LABELS = {"-".join(label.split()): field for field, labels in _LABELS.items() for label in labels.split("|")}
RULE = re.compile(r"\s*[_=]{20,}\s*")
LINK = re.compile(r"ProQuest document link.*")
MARK = re.compile(r"(?:Document|Email) (\d{1,6}) (?:of|/) (\d{1,6})")
IMAGE = re.compile(r"Enlarge this image\.?|<>")
FURNITURE = re.compile(r"\.+|ProQuest|Find a copy|https?://\S+|.{0,40}sent you the following:?|Contact ProQuest.*")
CITATION = re.compile(r"\[[^\]]{2,60}\]\.?\s*\d{1,2} \w{3,9} \d{4}")
QUOTED = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
NONE = re.compile(r"(?:none|not) available\.?|full text (?:is )?not available.*|undefined", re.IGNORECASE)
NAME = re.compile(r"Name: ([^;]+)")
FEWEST_LABELS = 3  # of a document, and where one is over
BEGINS = {"info", "teaser", "text"}  # what stands below the text of no document


def is_proquest(text: str) -> bool:
    """Say whether a text holds a document with ProQuest's number or link, and an outlet."""
    if "proquest document" not in text.casefold():  # quick, for the texts that are none
        return False
    documents = map(_names, _documents(QUOTED.sub("", text)))
    return any(names & {"info", "outlet"} and names & {"archive_id", "link"} for names in documents)


def _names(lines: list[str]) -> set[str]:
    return {"link" if LINK.fullmatch(line) else _label(line)[0] or "" for line in lines}


def find_articles(text: str) -> Iterator[Unit]:
    """Yield one unit per document."""
    documents = list(_documents(QUOTED.sub("", text)))
    return as_units(map(_fields, documents), _stated(documents), "header")


def _stated(documents: list[list[str]]) -> int | None:
    """Return how many documents there should be from the first number on."""
    first = next((mark for line in _above(documents[0]) if (mark := MARK.fullmatch(line))), None) if documents else None
    return int(first[2]) - int(first[1]) + 1 if first and int(first[1]) <= int(first[2]) else None


def _documents(text: str) -> Iterator[list[str]]:
    """Yield the lines of each document that are not blank; a rule within a text ends none."""
    document: list[str] = []
    is_over = True
    for part, part_is_over in _parts(text):
        if is_over or any(LINK.fullmatch(line) or _label(line)[0] in BEGINS for line in part):
            if _is_document(document):
                yield document
            document = part
        else:
            document += part
        is_over = part_is_over
    if _is_document(document):
        yield document


def _parts(text: str) -> Iterator[tuple[list[str], bool]]:
    """Yield the lines up to each rule, name of the database or number, and whether labels end them."""
    part: list[str] = []
    labels, named = 0, False  # labels since the last line of prose, the database among them
    for line in (line.strip() for line in text.split("\n") if line.strip()):
        if RULE.fullmatch(line) or (labels >= FEWEST_LABELS and (named or MARK.fullmatch(line))):
            yield part, labels >= FEWEST_LABELS
            part, labels, named = [], 0, False
        if not RULE.fullmatch(line) and not IMAGE.fullmatch(line):
            part.append(line)
            is_label = _kind(line) is not None
            labels = labels + 1 if is_label else 0 if reads_as_prose(line) else labels
            named = line.startswith("Database:")
    yield part, True


def _is_document(lines: list[str]) -> bool:
    return sum(_label(line)[0] is not None or LINK.fullmatch(line) is not None for line in lines) >= FEWEST_LABELS


def _label(line: str) -> tuple[str | None, str]:
    return labelled(line, LABELS)


def _kind(line: str) -> str | None:
    """Return the field of a line that may stand below the text."""
    field = _label(line)[0]
    return None if field in BEGINS else field


def _above(lines: list[str]) -> list[str]:
    """Return the lines above the first label or link."""
    return list(takewhile(lambda line: _label(line)[0] is None and not LINK.fullmatch(line), lines))


def _fields(lines: list[str]) -> Fields:
    """Read one document: the title above the first label, then a field a label, the text until only labels follow."""
    above, tail = _above(lines), tail_start(lines, _kind)
    titles = [line for line in above if not any(form.fullmatch(line) for form in (MARK, FURNITURE))]
    values: dict[str, list[str]] = {"title": [line for line in titles if not CITATION.search(line)][-1:]}
    here = "title"
    for place in range(len(above), len(lines)):
        field, value = _label(lines[place])
        if LINK.fullmatch(lines[place]) and here != "text":
            here = ""
        elif field is not None and (here != "text" or place >= tail):
            here = field
            if field == "title":
                values["title"] = []
            values.setdefault(field, []).append(value)
        elif here == "text" or not FURNITURE.fullmatch(lines[place]):
            values.setdefault(here, []).append(lines[place])
    doubt = doubt_about(values.get("text", []), _kind)
    return _article({field: [value for value in found if value] for field, found in values.items() if field}, doubt)


def _article(values: dict[str, list[str]], doubt: str) -> Fields:
    said = {field: " ".join(found) for field, found in values.items()}
    info = said.pop("info", "")
    outlet = (said.get("outlet") or info).split(";")[0]
    text = [line for line in values.get("text", []) if not NONE.fullmatch(line)]
    teaser = "\n\n".join(line for line in values.get("teaser", []) if not NONE.fullmatch(line))
    return (
        said
        | outlet_fields(outlet)
        | {
            "author": author_name(said.get("author", "")).removesuffix("."),
            "published": split_date(said.get("published", ""))[1] or split_date(info)[1],
            "text": "\n\n".join(text),
            "teaser": teaser,
            "doubt": doubt,
            "language": language_code(said.get("language", "")),
            "organizations": "; ".join(NAME.findall(said.get("organizations", ""))) or said.get("organizations", ""),
        }
    )
