"""Nexis labels: what the fields of its documents are called in the languages of its interface."""

import re

from toolkit.dates import split_date
from toolkit.languages import language_code
from toolkit.readers.export_units import author_name
from toolkit.units import Fields

_LABELS = {
    "section": "section rubrik ressort rubrique sectie rubriek sección sezione seção",
    "author": "byline autor autoren author auteur auteurs autore autores",
    "words": "length länge longueur lengte longitud extensión lunghezza comprimento",
    "title": "headline überschrift schlagzeile titre kop titular título titolo",
    "text": "body text volltext texte corps tekst texto testo cuerpo",
    "dateline": "dateline datumszeile",
    "teaser": "highlight vorspann lead",
    "language": "language sprache langue taal idioma lengua lingua língua",
    "load_date": "load-date update ladedatum date-chargement laaddatum fecha-de-carga",
    "tags": "subject schlagwörter thema sujet onderwerp tema soggetto materia",
    "caption": "graphic grafik graphique grafiek gráfico grafica illustration",
    "correction": "correction korrektur correctie corrección",
    "url": "url",
    "organizations": "organization organisation company unternehmen firma société bedrijf empresa",
    "persons": "person personne persoon persona",
    "places": "geographic geografie géographie geografia city state country land pays",
    "": """
        publication-type pub-type publikationstyp publikationsart type-publication type journal-code journal
        zeitungs-code distribution correction-date notes industry branche ticker category acc-no issn isbn edition
        column series
        document-type dokumenttyp copyright source-type
    """,
}
LABELS = {word: field for field, words in _LABELS.items() for word in words.split()}
ABOVE_TEXT = {"section", "author", "words", "title", "dateline", "teaser", "text"}
LABEL = re.compile(r"\s*([^\W\d_][\w /-]{1,28}?)\s?:(?!//)\s*(.*)")
COPYRIGHT = re.compile(
    r"\s*(?:(?:copyright\b|©|\(c\))(?:\s|©|\(c\))*\d{4}"
    r"|all rights reserved|alle rechte vorbehalten|tous droits réservés)",
    re.IGNORECASE,
)
PAGE = re.compile(r"(?:^|[;,]\s*)(?:Pg|S|p|Pag|Blz|Seite|Page)\.?\s+([\w., -]{1,20})$")
VERSION = re.compile(r";?\s*\bVersion:\s?\d+")
PERCENT = re.compile(r"\s*\(\d{1,3}\s?%\)")


def label_of(line: str, capitals: bool = False) -> tuple[str | None, str]:
    """Return the field a line is labelled as, and its value; None where it has no label that is known."""
    match = LABEL.match(line[:300])
    word = match[1].casefold().replace(" ", "-") if match else ""
    if word not in LABELS or (capitals and match[1] != match[1].upper()):
        return None, line
    return LABELS[word], line[match.start(2) :].strip()


def described(values: Fields) -> Fields:
    """Return labelled values as the fields of an article: names without By, codes of languages, tags without shares."""
    fields = {name: value for name, value in values.items() if name}
    if "section" in fields:
        fields["section"] = VERSION.sub("", fields["section"])
    page = PAGE.search(fields.get("section", ""))
    if page:
        fields |= {"section": fields["section"][: page.start()], "page": page[1]}
    if "author" in fields:
        fields["author"] = author_name(fields["author"])
    if "language" in fields:
        fields["language"] = language_code(fields["language"])
    if "load_date" in fields:
        fields["load_date"] = split_date(fields["load_date"])[1] or fields["load_date"]
    for name in fields.keys() & {"tags", "organizations", "persons", "places"}:
        fields[name] = PERCENT.sub("", fields[name])
    return fields
