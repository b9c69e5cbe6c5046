"""ProQuest: documents of labelled lines, from the title to the name of the database, as text, page or mail."""

import re
from collections.abc import Iterator

from toolkit.dates import split_date
from toolkit.languages import language_code
from toolkit.readers.export_units import as_units, author_name, outlet_fields
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
LABELS = {label.strip(): field for field, labels in _LABELS.items() for label in labels.split("|")}
LABEL = re.compile(r"([A-Za-z][A-Za-z /()-]{1,30}?)\s?:\s*(.*)")
RULE = re.compile(r"\s*[_=]{20,}\s*")
LINK = re.compile(r"ProQuest document link.*")
FURNITURE = re.compile(
    r"Enlarge this image\.?|(?:Document|Email) \d+ (?:of|/) \d+|\.+|ProQuest|Find a copy|https?://\S+|<>"
    r"|.{0,40}sent you the following:?|Contact ProQuest.*"
)
CITATION = re.compile(r"\[[^\]]{2,60}\]\.?\s*\d{1,2} \w{3,9} \d{4}")
QUOTED = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
NONE = re.compile(r"(?:none|not) available\.?|full text (?:is )?not available.*|undefined", re.IGNORECASE)
NAME = re.compile(r"Name: ([^;]+)")
FEWEST_LABELS = 3  # of a document, and one below the other where its text is over


def is_proquest(text: str) -> bool:
    """Say whether a text holds documents with ProQuest's numbers or links, and labels around them."""
    if "proquest document" not in text.casefold():  # quick, for the texts that are none
        return False
    lines = [line.strip() for line in QUOTED.sub("", text).split("\n")]
    labels = {_label(line)[0] for line in lines}
    return bool(labels & {"archive_id"} or any(map(LINK.fullmatch, lines))) and bool(labels & {"info", "outlet"})


def find_articles(text: str) -> Iterator[Unit]:
    """Yield one unit per document."""
    return as_units(map(_fields, _documents(QUOTED.sub("", text))))


def _documents(text: str) -> Iterator[list[str]]:
    """Yield the lines of each document that are not blank: up to a rule, or to the name of the database."""
    document: list[str] = []
    ended = False
    for line in (line.strip() for line in text.split("\n")):
        if RULE.fullmatch(line) or (ended and line):
            if _is_document(document):
                yield document
            document, ended = [], False
        if line and not RULE.fullmatch(line) and not FURNITURE.fullmatch(line):
            document.append(line)
            ended = line.startswith("Database:") and _is_document(document)
    if _is_document(document):
        yield document


def _is_document(lines: list[str]) -> bool:
    return sum(_label(line)[0] is not None or LINK.fullmatch(line) is not None for line in lines) >= FEWEST_LABELS


def _label(line: str) -> tuple[str | None, str]:
    match = LABEL.match(line[:300])
    word = " ".join(match[1].casefold().split()) if match else ""
    return (LABELS[word], line[match.start(2) :].strip()) if word in LABELS else (None, line)


def _fields(lines: list[str]) -> Fields:
    """Read one document: the title above the first label, then a field a label, the text until labels crowd."""
    first = next(place for place, line in enumerate(lines) if _label(line)[0] is not None or LINK.fullmatch(line))
    above = [line for line in lines[:first] if not CITATION.search(line)]
    values: dict[str, list[str]] = {"title": above[-1:]}
    here = "title"
    for place in range(first, len(lines)):
        field, value = _label(lines[place])
        if LINK.fullmatch(lines[place]):
            here = ""
        elif field is not None and (here != "text" or _ends_text(lines, place)):
            here = field
            if field == "title":
                values["title"] = []
            values.setdefault(field, []).append(value)
        else:
            values.setdefault(here, []).append(lines[place])
    return _article({field: [value for value in found if value] for field, found in values.items() if field})


def _ends_text(lines: list[str], place: int) -> bool:
    return all(_label(line)[0] is not None for line in lines[place + 1 : place + 1 + FEWEST_LABELS])


def _article(values: dict[str, list[str]]) -> Fields:
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
            "language": language_code(said.get("language", "")),
            "organizations": "; ".join(NAME.findall(said.get("organizations", ""))) or said.get("organizations", ""),
        }
    )
