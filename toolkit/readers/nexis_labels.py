"""Nexis labels: what the fields of its documents are called in the languages of its interface."""

import re

from toolkit.dates import split_date
from toolkit.languages import language_code
from toolkit.readers.export_units import author_name, labelled
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
    "notes": "notes",
    "url": "url",
    "organizations": "organization organisation company unternehmen firma société bedrijf empresa",
    "persons": "person personne persoon persona",
    "places": "geographic geografie géographie geografia city state country land pays",
    "": """
        publication-type pub-type publikationstyp publikationsart type-publication type journal-code journal
        zeitungs-code distribution correction-date industry branche ticker category acc-no issn isbn edition
        column series
        document-type dokumenttyp copyright source-type
    """,
}
LABELS = {word: field for field, words in _LABELS.items() for word in words.split()}
ABOVE_TEXT = {"section", "author", "words", "title", "dateline", "teaser", "text"}
# The values they are searched in hold no two spaces together.
PAGE = re.compile(r"(?:^|[;,] ?)(?:Pg|S|p|Pag|Blz|Seite|Page)\.? ([\w., -]{1,20})$")
VERSION = re.compile(r";? ?\bVersion: ?\d+")
PERCENT = re.compile(r" ?\(\d{1,3} ?%\)")
MOST_AFTER_DATE = 2  # words: the time and its zone


def label_of(line: str) -> tuple[str | None, str]:
    """Return the field a line is labelled as, and its value; an update that is no date is none of the archive's."""
    field, value = labelled(line, LABELS)
    if field == "load_date":
        before, day, after = split_date(value)
        if before or not day or len(after.split()) > MOST_AFTER_DATE:
            return None, line
    return field, value


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
