"""Mapping: what a file calls its columns -> what the tables call them."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from toolkit.errors import CorpusError
from toolkit.printable import printable
from toolkit.tables import ARTICLES
from toolkit.units import Fields

# Best first: where a file has several, the first that holds something wins.
_WORDS = {
    "article_id": "article_id id doc_id document_id stories_id story_id uuid guid gkgrecordid storeid",
    "outlet": """
        outlet outlet_name source source_name publication publication_name media_name media medium zeitung
        quelle journal medio newspaper publisher site site_name source_domain domain channel pubtitle
        publication_title source_common_name
    """,
    "published": """
        published_local published date publish_date published_at publication_date date_publish pub_date
        pubdate publishedat datetime published_date date_published datepublished publicationdate publishdate
        erscheinungsdatum veröffentlicht date_de_publication fecha_de_publicación timestamp time created_at datum fecha
        seendate
    """,
    "title": "title headline heading titel überschrift schlagzeile titre titulo título head name",
    "text": """
        text content body fulltext full_text article article_text maintext main_text articlebody body_text
        story story_text article_body document content_text volltext inhalt artikel artikeltext texte
        contenu texto
    """,
    "section": "section category rubric ressort rubrik rubrique desk section_name",
    "author": "author authors byline creator journalist writer autor auteur verfasser",
    "url": "url link web_url permalink uri article_url documenturl document_url document_identifier",
    "language": "language lang language_code",
    "tags": """
        tags keywords schlagworte schlagwörter tag subjects topics categories subjectterms subject_terms themes
        identifier_keywords
    """,
    "teaser": "teaser lead standfirst subtitle abstract description summary opening_text hit_sentence",
    "caption": "caption captions",
    "related": "related",
}
SYNONYMS: Mapping[str, tuple[str, ...]] = {ours: tuple(words.split()) for ours, words in _WORDS.items()}
OWN: Mapping[str, tuple[str, ...]] = {"published": ("published_local", "published")}
OURS = frozenset(ARTICLES) | {"zone"}


class Mapped(NamedTuple):
    """The fields of one unit under our names, and a note of what was renamed."""

    fields: Fields
    note: str


def parse_columns(columns: Mapping[str, str] | str | None) -> dict[str, str]:
    """Return {theirs: ours}, also from "theirs:ours, theirs:ours"; raise CorpusError for a name that is not ours."""
    if isinstance(columns, str):
        pairs = [part.partition(":") for part in columns.split(",") if part.strip()]
        if wrong := ["".join(pair) for pair in pairs if not pair[2].strip() or "{" in pair[0]]:
            raise CorpusError(
                f"columns: {wrong[0].strip()!r} is not theirs:ours. Write for example medium:outlet, body:text."
            )
        columns = {theirs.strip(): ours.strip() for theirs, _, ours in pairs}
    for theirs, ours in (columns or {}).items():
        if ours not in SYNONYMS:
            turned = " Write theirs first, then ours." if theirs in SYNONYMS else ""
            raise CorpusError(f"columns: {ours!r} is no column of articles.{turned} Ours are: {', '.join(SYNONYMS)}.")
    return dict(columns or {})


def named(fields: Fields) -> Fields:
    """Return fields under names that fit on one line, the second of one name as "name 2"."""
    if _all_fit(tuple(fields)):
        return fields
    found: Fields = {}
    for name, value in fields.items():
        line = printable(name) or "unnamed"
        found[f"{line} 2" if found.get(line, "").strip() else line] = value
    return found


def map_fields(fields: Fields, given: Mapping[str, str]) -> Mapped:
    """Rename fields by `given`, then by synonyms; what is neither stays under its own name."""
    chosen = {ours: theirs for theirs, ours in given.items() if theirs in fields}
    for ours, present in _candidates(tuple(fields), tuple(given)):
        if ours not in chosen:
            chosen[ours] = present[0] if len(present) == 1 else _best(present, fields)
    renamed = [f"{theirs} -> {ours}" for ours, theirs in chosen.items() if theirs != ours]
    found = {ours: fields[theirs] for ours, theirs in chosen.items()}
    taken = set(chosen.values())
    rest = {name: value for name, value in fields.items() if name and name not in taken and name not in OURS}
    if not fields.keys() >= ARTICLES.keys():  # a file that is not ours keeps what it calls by our names for itself
        others = OURS & fields.keys() - {*taken, "zone"}
        rest |= {f"{name} (file)": fields[name] for name in fields if name in others and fields[name].strip()}
    zone = {"zone": fields["zone"]} if "zone" in fields else {}
    return Mapped(rest | found | zone, ", ".join(renamed))


def _best(present: Iterable[str], fields: Fields) -> str:
    """Return the first name that holds something; of names that differ in case alone the one that holds most."""
    filled = [name for name in present if fields[name].strip()]
    alike = [name for name in filled if _plain(name) == _plain(filled[0])]  # Text and text: the longer is it
    return max(alike, key=lambda name: len(fields[name]), default=next(iter(present)))


@lru_cache(maxsize=1_000)
def _candidates(names: tuple[str, ...], given: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """Return which of a file's names may stand for each of ours, best first; a file has one set of them or few."""
    plain: dict[str, list[str]] = {}
    for name in names:
        plain.setdefault(_plain(name), []).append(name)
    found = []
    for ours, synonyms in _plain_synonyms().items():
        present = [name for synonym in synonyms for name in plain.get(synonym, ()) if name not in given]
        # A name of our own is never passed over for a synonym, or an empty outlet would become the source;
        # but a text is wherever there is one: some crawlers leave `text` empty beside `maintext`.
        own = [name for name in present if name in OWN.get(ours, (ours,)) and ours != "text"]
        if present:
            found.append((ours, own or present))
    return found


@lru_cache(maxsize=1_000)
def _all_fit(names: tuple[str, ...]) -> bool:
    return all(name and name == printable(name) for name in names)


def known(names: Iterable[str]) -> set[str]:
    """Return those of our names that a file's own names stand for."""
    return {_meanings()[plain] for plain in map(_plain, names) if plain in _meanings()}


@cache
def _plain_synonyms() -> dict[str, tuple[str, ...]]:
    return {ours: tuple(map(_plain, synonyms)) for ours, synonyms in SYNONYMS.items()}


@cache
def _meanings() -> dict[str, str]:
    return {_plain(synonym): ours for ours, synonyms in SYNONYMS.items() for synonym in synonyms}


@lru_cache(maxsize=10_000)
def _plain(name: str) -> str:
    """Return a name without case and separators: publishedAt and Published at are one."""
    return "".join(filter(str.isalnum, name.lower()))
