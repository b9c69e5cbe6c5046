"""Nexis Uni: documents that end with "End of Document", as Word and RTF files hold them."""

import re
from collections.abc import Iterator

from toolkit.dates import split_date, starts_with_date
from toolkit.readers.export_units import as_units, outlet_fields
from toolkit.readers.nexis_labels import ABOVE_TEXT, COPYRIGHT, described, label_of
from toolkit.units import Fields, Unit

ENDS = frozenset(
    {
        *("end of document", "ende des dokuments", "ende des dokumentes", "fin du document", "fin de document"),
        *("einde van document", "einde van het document", "einde document", "fin del documento"),
        *("fine del documento", "fine documento", "fim do documento"),
    }
)
BODY = frozenset("body text textkörper haupttext hauptteil volltext corps texte tekst cuerpo texto corpo testo".split())
TAIL = frozenset(
    """
    classification klassifizierung klassifikation classement clasificación classificatie classificazione classificação
    graphic grafik graphique graphic(s) grafiek gráfico grafica notes correction
    """.split()
)
CAPTION = frozenset("graphic grafik graphique graphic(s) grafiek gráfico grafica".split())
COUNT = re.compile(
    r"^[ \t]*(?:Documents?|Dokumente?|Documenten|Documentos?|Documenti|Documento)\s?\((\d[\d.,]{0,8})\)[ \t]*$",
    re.MULTILINE,
)
COVER = re.compile(
    r"\s*(?:Client/Matter|Search Terms|Search Type|Narrowed by|Content Type|Job Number|Date and Time|User Name"
    r"|Suchbegriffe|Suchbegriff|Suchtyp|Art der Suche|Eingegrenzt|Mandant|Auftragsnummer|Datum und Uhrzeit|Inhaltstyp"
    r"|Termes de recherche|Type de recherche|Client/Dossier|Date et heure|Numéro de tâche|Affiné par"
    r"|Zoektermen|Zoektype|Datum en tijd|Términos de búsqueda|Fecha y hora)\b.*|.*\t.*|News|Nachrichten|Presse|Nieuws"
)
LISTED = re.compile(r"\s*\d{1,4}\. \S")
FURNITURE = re.compile(r"\s*(?:Page|Seite|Pagina|Página) \d+ (?:of|von|de|sur|van|di) \d+\s*", re.IGNORECASE)
MOST_TITLE_LINES = 4
MOST_EDITION_WORDS = 8
NEAR = 6  # lines below a heading of the tail among which a label stands


def is_nexis_uni(text: str) -> bool:
    """Say whether a text holds documents that end as Nexis Uni ends them, or the cover page and a body."""
    low = text.casefold()
    counted = COUNT.search(text) is not None
    if not counted and not any(map(low.__contains__, ENDS)):  # quick, for the texts that are none
        return False
    words = {line.strip() for line in low.split("\n")}
    labels = any(label_of(line)[0] in ("words", "load_date") for line in text.split("\n"))
    return labels and (not ENDS.isdisjoint(words) or (counted and not BODY.isdisjoint(words)))


def find_articles(text: str) -> Iterator[Unit]:
    """Yield one unit per document."""
    found = COUNT.search(text)
    stated = int(re.sub(r"\D", "", found[1])) if found else None
    return as_units(map(_fields, _documents(text)), stated)


def _documents(text: str) -> Iterator[list[str]]:
    """Yield the lines of each document that are not blank, the cover page cut off."""
    lines = [line.strip() for line in text.split("\n") if line.strip() and not FURNITURE.fullmatch(line)]
    lines = lines[_cover_end(lines) :]
    start = 0
    for place, line in enumerate(lines):
        if line.casefold() in ENDS:
            yield lines[start:place]
            start = place + 1
    if any(line.casefold() in BODY or label_of(line)[0] in ABOVE_TEXT for line in lines[start:]):
        yield lines[start:]  # cut short


def _cover_end(lines: list[str]) -> int:
    """Return where the cover page ends: after the list of documents and what was searched for each."""
    first = next((place for place, line in enumerate(lines) if line.casefold() in BODY), 0)
    count = next((place for place, line in enumerate(lines[:first]) if COUNT.match(line)), None)
    if count is None:
        return 0
    of_cover = [place for place in range(count, first) if COVER.fullmatch(lines[place])]
    listed = [place for place in range(count, first) if LISTED.match(lines[place])]
    return max(of_cover or listed or [count]) + 1


def _fields(lines: list[str]) -> Fields:
    """Read one document: its head, the text, and what classifies it below."""
    body = next((place for place, line in enumerate(lines) if line.casefold() in BODY), None)
    if body is None:
        labels = [place for place, line in enumerate(lines) if label_of(line)[0] in ABOVE_TEXT]
        body = labels[-1] if labels else len(lines)
    tail = next((place for place in range(body + 1, len(lines)) if _opens_tail(lines, place)), len(lines))
    text = lines[body + 1 : tail]
    while text and COPYRIGHT.match(text[-1]):
        text.pop()
    return _head(lines[: body + 1]) | _tail(lines[tail:]) | {"text": "\n\n".join(text)}


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


def _opens_tail(lines: list[str], place: int) -> bool:
    """Say whether what classifies a document begins here: the load date, or a heading with labels near below it."""
    field, value = label_of(lines[place])
    if field == "load_date":
        return bool(split_date(value)[1])
    near = lines[place + 1 : place + 1 + NEAR]
    return lines[place].casefold() in TAIL and any(
        line.casefold() in TAIL or label_of(line)[0] not in (None, *ABOVE_TEXT) for line in near
    )


def _tail(lines: list[str]) -> Fields:
    values: Fields = {}
    heading = ""
    for line in lines:
        field, value = label_of(line)
        if line.casefold() in TAIL:
            heading = line.casefold()
        elif field is not None:
            heading = ""
            values.setdefault(field, value)
        elif heading in CAPTION:
            values["caption"] = "\n".join(filter(None, (values.get("caption", ""), line)))
    return described(values)
