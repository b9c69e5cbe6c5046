"""Nexis Uni: documents that end with "End of Document", as Word and RTF files hold them."""

import re
from collections import defaultdict
from collections.abc import Iterator

from toolkit.dates import split_date, starts_with_date
from toolkit.readers.export_units import (
    COPYRIGHT,
    WORDS,
    as_units,
    doubt_about,
    outlet_fields,
    reads_as_prose,
    tail_start,
)
from toolkit.readers.nexis_labels import ABOVE_TEXT, described, label_of
from toolkit.units import Fields, Unit

ENDS = frozenset(
    {
        *("end of document", "ende des dokuments", "ende des dokumentes", "fin du document", "fin de document"),
        *("einde van document", "einde van het document", "einde document", "fin del documento"),
        *("fine del documento", "fine documento", "fim do documento"),
    }
)
BODY = frozenset("body text textkörper haupttext hauptteil volltext corps texte tekst cuerpo texto corpo testo".split())
HEADINGS = {
    word: kind
    for kind, words in {
        "": """classification klassifizierung klassifikation classement clasificación classificatie classificazione
            classificação""",
        "caption": "graphic grafik graphique graphic(s) grafiek gráfico grafica",
        "notes": "notes",
        "correction": "correction",
    }.items()
    for word in words.split()
}
COUNT = re.compile(r"(?:Documents?|Dokumente?|Documenten|Documentos?|Documenti) ?\((\d[\d.,]{0,8})\)")
SEARCHED = re.compile(
    r"(?:Client/Matter|Search Terms|Search Type|Narrowed by|Content Type|Job Number|Date and Time|User Name"
    r"|Suchbegriffe|Suchbegriff|Suchtyp|Art der Suche|Eingegrenzt|Mandant|Auftragsnummer|Datum und Uhrzeit|Inhaltstyp"
    r"|Termes de recherche|Type de recherche|Client/Dossier|Date et heure|Numéro de tâche|Affiné par"
    r"|Zoektermen|Zoektype|Datum en tijd|Términos de búsqueda|Fecha y hora)\b"
)
NARROWED = re.compile(r"News|Nachrichten|Presse|Nieuws|[^\t]*\t.*")
LISTED = re.compile(r"\d{1,4}\. (?=\S)")
FURNITURE = re.compile(r"(?:Page|Seite|Pagina|Página) \d+ (?:of|von|de|sur|van|di) \d+", re.IGNORECASE)
LENGTH = re.compile(rf"\d[\d.,]{{0,9}} {WORDS}", re.IGNORECASE)
MOST_TITLE_LINES = 4
MOST_EDITION_WORDS = 8
HEAD = 12  # lines from the date to the body


def is_nexis_uni(text: str) -> bool:
    """Say whether a text has the ends or the cover page of Nexis Uni, and a document built as its documents are."""
    low = text.casefold()
    if "document" not in low and "dokument" not in low:  # quick, for the texts that are none: all ends hold one of them
        return False
    lines = _lines(text)
    ended = any(line.casefold() in ENDS for line in lines)
    return (ended or _stated(lines) is not None) and any(map(_is_whole, _documents(lines)))


def _is_whole(lines: list[str]) -> bool:
    """Say whether a document has its parts in their order: date, labels and body, or date, length and load date."""
    body = next((place for place, line in enumerate(lines) if line.casefold() in BODY), None)
    loaded = any(label_of(line)[0] == "load_date" for line in lines)
    if body is None:
        sizes = (place for place, line in enumerate(lines) if LENGTH.match(_value(line, "words")))
        body = next(sizes, None) if loaded else None
    above = lines[max(0, (body or 0) - HEAD) : body or 0]
    dated = next((place for place, line in enumerate(above) if place and starts_with_date(line)), len(above))
    return dated < len(above) and (loaded or any(label_of(line)[0] in ABOVE_TEXT for line in above[dated:]))


def _value(line: str, wanted: str) -> str:
    field, value = label_of(line)
    return value if field == wanted else ""


def find_articles(text: str) -> Iterator[Unit]:
    """Yield one unit per document."""
    lines = _lines(text)
    return as_units(map(_fields, _documents(lines)), _stated(lines))


def _lines(text: str) -> list[str]:
    lines = (line.strip() for line in text.split("\n"))
    return [line for line in lines if line and not FURNITURE.fullmatch(line)]


def _stated(lines: list[str]) -> int | None:
    """Return how many documents the cover page says there are."""
    found = next((found for line in lines[: _cover_end(lines)] if (found := COUNT.fullmatch(line))), None)
    return int(re.sub(r"\D", "", found[1])) if found else None


def _documents(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines of each document, the cover page cut off."""
    lines = lines[_cover_end(lines) :]
    ends = [place for place, line in enumerate(lines) if line.casefold() in ENDS]
    document: list[str] = []
    for start, end in zip([0, *(place + 1 for place in ends)], [*ends, len(lines)], strict=True):
        part = lines[start:end]
        if document and part and end < len(lines) and not _has_head(part):  # its text holds the words that end it
            document += [lines[start - 1], *part]
            continue
        if document:
            yield document
        document = part
    if _has_head(document) or any(reads_as_prose(line) and not COPYRIGHT.match(line) for line in document):
        yield document


def _has_head(lines: list[str]) -> bool:
    return any(line.casefold() in BODY or label_of(line)[0] in ABOVE_TEXT for line in lines)


def _cover_end(lines: list[str]) -> int:
    """Return where the cover page ends: above the title it lists first, else below what was searched for."""
    end = next((place for place, line in enumerate(lines) if line.casefold() in ENDS), len(lines))
    labels = [place for place, line in enumerate(lines[:end]) if label_of(line)[0] in ABOVE_TEXT]
    first = next((place for place, line in enumerate(lines[:end]) if line.casefold() in BODY), (labels or [0])[0])
    dated = next((place for place in range(first - 1, 0, -1) if starts_with_date(lines[place])), first)
    above = lines[: max(0, dated - 1)]
    counts = [place for place, line in enumerate(above) if COUNT.fullmatch(line)]
    searched = [place for place, line in enumerate(above) if SEARCHED.match(line)]
    listed = [(place, line[mark.end() :]) for place, line in enumerate(above) if (mark := LISTED.match(line))]
    for start in range(len(above) - 1, max(0, len(above) - 1 - MOST_TITLE_LINES), -1):
        title = " ".join(above[start:])
        if any(title.startswith(entry) for _, entry in listed):
            return start
    if not counts and not searched:
        return 0
    narrowed = [place for place, line in enumerate(above) if NARROWED.fullmatch(line)]
    return max(searched + narrowed or [place for place, _ in listed] or counts) + 1


def _fields(lines: list[str]) -> Fields:
    """Read one document: its head, the text, and what classifies it below."""
    body = next((place for place, line in enumerate(lines) if line.casefold() in BODY), None)
    if body is None:
        labels = (place for place, line in enumerate(lines) if label_of(line)[0] in ABOVE_TEXT)
        first = next(labels, len(lines))
        body = next((at for at in range(first, len(lines)) if label_of(lines[at])[0] not in ABOVE_TEXT), len(lines)) - 1
    below = lines[body + 1 :]
    tail = _tail_start(below)
    doubt = doubt_about(below[:tail], _kind)
    return _head(lines[: body + 1]) | _tail(below[tail:]) | {"text": "\n\n".join(below[:tail]), "doubt": doubt}


def _head(lines: list[str]) -> Fields:
    """Read what stands above the body: title, outlet and date one below the other, then labelled lines."""
    labels = [place for place, line in enumerate(lines) if label_of(line)[0] is not None]
    last = labels[0] if labels else len(lines)
    dated = [place for place in range(1, last) if starts_with_date(lines[place])]
    values = {field: value for field, value in map(label_of, lines) if field}
    if not dated:
        above = [line for line in lines[:last] if line.casefold() not in BODY and not COPYRIGHT.match(line)]
        head = {"title": above[0]} if above else {}
        return head | (outlet_fields(above[1]) if len(above) > 1 else {}) | described(values)
    _, published, after = split_date(lines[dated[-1]])
    head = outlet_fields(lines[dated[-1] - 1])
    below = [line for line in lines[dated[-1] + 1 : last] if not COPYRIGHT.match(line) and line.casefold() not in BODY]
    below = [line for line in below if len(line.split()) <= MOST_EDITION_WORDS]
    edition = "; ".join(filter(None, [head["edition"], after, *below]))
    title = " ".join(lines[max(0, dated[-1] - 1 - MOST_TITLE_LINES) : dated[-1] - 1])
    return head | {"title": title, "published": published, "edition": edition} | described(values)


def _kind(line: str) -> str | None:
    """Return what a line below the text is: a heading, a labelled line, or None."""
    field = label_of(line)[0]
    return HEADINGS.get(line.casefold(), None if field in ABOVE_TEXT else field)


def _tail_start(lines: list[str]) -> int:
    """Return where what classifies a document begins: with a heading or the load date, else with the first label."""
    start = tail_start(lines, _kind, ("caption",))
    opening = (place for place in range(start, len(lines)) if _opens(lines[place]))
    return next(opening, start)


def _opens(line: str) -> bool:
    return line.casefold() in HEADINGS or label_of(line)[0] == "load_date"


def _tail(lines: list[str]) -> Fields:
    values: Fields = {}
    loose: dict[str, list[str]] = defaultdict(list)
    heading = ""
    for line in lines:
        field, value = label_of(line)
        if line.casefold() in HEADINGS:
            heading = HEADINGS[line.casefold()]
        elif field is not None:
            heading = ""
            values.setdefault(field, value)
        elif heading:
            loose[heading].append(line)
    return {heading: "\n".join(said) for heading, said in loose.items()} | described(values)
