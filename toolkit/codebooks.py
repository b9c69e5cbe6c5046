"""Codebooks: the frames and actors an analysis looks for, read from YAML that a scholar edits.

A codebook that breaks a rule is refused with the file and the line, because a silent mistake here is a wrong finding
later. The forms are shown in README.md and by the files in data/codebooks/.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import yaml

from toolkit.errors import CodebookError
from toolkit.paths import resolve
from toolkit.tables import ACTORS, FRAMES, as_table
from toolkit.terms import WORD, is_wildcard_of, normalise_term

Row = tuple[str, ...]

HEAD_ORDER = ("name", "version", "language", "source", "doi", "licence", "note")
HEAD = set(HEAD_ORDER)
FRAME_KEYS = {"label", "question", "items", "exclude", "examples"}
ITEM_KEYS = {"question", "terms", "not_assessed"}
ACTOR_KEYS = {
    *("name", "kind", "side", "surname", "aliases", "metonyms", "demonyms", "not"),
    "examples",
}
HINTS = {
    "'\\t'": " Indent with spaces, not tabs.",
    "mapping values": " Put quotation marks round text that holds a colon.",
    "alias": " Put quotation marks round a word that begins with *.",
    "stands twice": " Rename or delete one.",
}
LEAST_STEM = 3  # letters before a *
ACTOR_KINDS = ("person", "organisation", "country", "document")
PARTICLES = {"von", "van", "der", "den", "de", "del", "di", "da", "la", "le", "al", "el", "bin", "ter", "ten"}


def load_frames(path: str | Path) -> pd.DataFrame:
    """Read a codebook of frames, one row per term (or per item that a machine cannot assess).

    Columns: frame, item, term, kind (include; exclude: a phrase inside which no term of the frame fires; not
    assessed), question. Raises CodebookError with file and line for an unknown key, an empty frame, or a term that
    stands twice in a frame.
    """
    book = _Book(resolve(path), HEAD | {"frames", "exclude"})
    common = book.strings(book.content, "exclude")
    rows = [row for frame, content in book.entries("frames") for row in _frame_rows(book, frame, content, common)]
    return as_table(rows, FRAMES)


def load_actors(path: str | Path) -> pd.DataFrame:
    """Read a registry of actors, one row per way of naming one.

    Columns: actor_id, name, kind, side, alias, how (alias; surname: counts after the full name; metonym and demonym:
    count on request; exclude: a longer string in which the actor must not match), valid_from, valid_to. Raises
    CodebookError with file and line for an unknown key, an unknown kind, or an alias that two actors claim.
    """
    book = _Book(resolve(path), HEAD | {"actors"})
    rows = [row for actor_id, content in book.entries("actors") for row in _actor_rows(book, actor_id, content)]
    _refuse_shared_aliases(book, rows)
    return as_table(rows, ACTORS)


class Example(NamedTuple):
    """A sentence on which an entry of a codebook must, or must not, fire."""

    entry: str
    text: str
    must: bool


def load_examples(path: str | Path) -> tuple[str, list[Example]]:
    """Read what a codebook lists as examples; return "frames" or "actors", and the examples."""
    book = _Book(resolve(path), HEAD | {"frames", "exclude", "actors"})
    kind = "frames" if "frames" in book.content else "actors"
    examples = []
    for entry, content in book.entries(kind):
        given = content.get("examples") or {}
        book.check_keys(given, {"must", "must_not"}, f"examples of {entry}", entry)
        for key in ("must", "must_not"):
            examples += [Example(entry, text, key == "must") for text in book.strings(given, key)]
    return kind, examples


def describe_codebook(path: str | Path) -> dict[str, str]:
    """Return what a codebook says of itself, as far as it does: name, version, language, source, doi, licence, note."""
    book = _Book(resolve(path), HEAD | {"frames", "exclude", "actors"})
    return {key.capitalize(): " ".join(str(book.content[key]).split()) for key in HEAD_ORDER if book.content.get(key)}


class _Book:
    """One YAML file, and where in it things stand."""

    def __init__(self, path: Path, known: set[str]) -> None:
        self.path = path
        try:
            self._source = path.read_text(encoding="utf-8-sig")
            content = yaml.load(self._source, Loader=_StrictLoader)
        except IsADirectoryError:
            raise CodebookError(f"{path.name} is a folder. Name a YAML file in it.") from None
        except UnicodeDecodeError:
            raise CodebookError(f"{path.name}: not UTF-8. Save the file as UTF-8.") from None
        except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
            line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
            detail = " ".join(str(getattr(error, "problem", None) or error).split())[:200]
            hint = next((hint for sign, hint in HINTS.items() if sign in detail), "")
            raise CodebookError(
                f"{path.name}{f':{line}' if line else ''}: not readable YAML: {detail}.{hint}"
            ) from None
        if not isinstance(content, dict):
            raise CodebookError(
                f"{path.name}: not a codebook. It needs keys such as name, version and frames or actors."
            )
        self.content = content
        self.check_keys(content, known, "the codebook")

    def error(self, message: str, near: str = "", under: str = "") -> CodebookError:
        """Make an error with the line where `near` stands last, below the key `under` if one is named."""
        places = [
            line for path, value, line in _scalars(yaml.compose(self._source)) if value == near and under in ("", *path)
        ]
        return CodebookError(f"{self.path.name}{f':{places[-1]}' if places else ''}: {message}")

    def check_keys(self, content: object, known: set[str], where: str, under: str = "") -> None:
        if not isinstance(content, dict):
            raise self.error(f"{where} must have keys: {', '.join(sorted(known))}.", under)
        for key in content:
            if key not in known:
                raise self.error(
                    f"unknown key {key!r} in {where}. It takes: {', '.join(sorted(known))}.", str(key), under
                )

    def entries(self, key: str, content: dict | None = None) -> Iterator[tuple[str, dict]]:
        found = (self.content if content is None else content).get(key)
        if not isinstance(found, dict) or not found:
            raise self.error(f"{key} must list at least one entry, each under its own name.", key)
        for name, entry in found.items():
            if not isinstance(entry, dict):
                raise self.error(f"{name} must have keys of its own, such as question or name.", str(name))
            yield str(name), entry

    def strings(self, content: dict, key: str) -> list[str]:
        """Return a list of words or phrases; raise for anything else, naming the first that is none."""
        found = content.get(key) or []
        if not isinstance(found, list):
            raise self.error(f"{key} must be a list: write {key}: [{str(found)[:40]}]", key)
        for entry in found:
            if not isinstance(entry, str) or not entry.strip():
                raise self.error(f"{key} must hold words; put quotation marks round {str(entry)[:40]!r}.", str(entry))
        return [" ".join(entry.split()) for entry in found]


def _scalars(node: yaml.Node | None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Yield each key and value of a YAML document with the keys above it and its line."""
    if isinstance(node, yaml.ScalarNode):
        yield path, node.value, node.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _scalars(child, path)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield path, key.value, key.start_mark.line + 1
            yield from _scalars(value, (*path, str(key.value)))


class _StrictLoader(yaml.SafeLoader):
    """safe_load, but a key that stands twice is an error instead of the last one winning."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key_node, _ in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"key {key!r} stands twice", problem_mark=key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def _frame_rows(book: _Book, frame: str, content: dict, common: list[str]) -> Iterator[Row]:
    book.check_keys(content, FRAME_KEYS, f"frame {frame}", frame)
    seen: dict[str, str] = {}
    question = str(content.get("question", ""))
    for item, entry in book.entries("items", content):
        book.check_keys(entry, ITEM_KEYS, f"item {item}", frame)
        asked, terms = str(entry.get("question", question)), book.strings(entry, "terms")
        if not terms and "not_assessed" not in entry:
            raise book.error(
                f"item {item} of frame {frame} has no terms. Add some, or say not_assessed: why.", item, frame
            )
        for term in terms:
            _refuse_unmatchable(book, term, frame)
            _refuse_repeated(book, frame, term, seen)
            yield frame, item, term, "include", asked
        if not terms:
            yield frame, item, "", "not assessed", asked
    for phrase in dict.fromkeys([*common, *book.strings(content, "exclude")]):
        _refuse_unmatchable(book, phrase, "exclude")
        if normalise_term(phrase) in seen:
            raise book.error(f"frame {frame} both looks for and excludes {phrase!r}. Delete one.", phrase, frame)
        yield frame, "", phrase, "exclude", question


def _refuse_repeated(book: _Book, frame: str, term: str, seen: dict[str, str]) -> None:
    """Raise if a term is matched already by another of its frame: the same one, or a wildcard."""
    form = normalise_term(term)
    stems = (form[:length] + "*" for length in range(1, len(form) + 1)) if " " not in form else ()
    twin = seen.get(form) or next((seen[stem] for stem in stems if stem in seen), None)
    if not twin and form.endswith("*"):
        twin = next((seen[other] for other in seen if is_wildcard_of(form, other)), None)
    if twin:
        raise book.error(f"frame {frame} counts {term!r} twice: {twin!r} matches it already. Delete one.", term, frame)
    seen[form] = term


def _refuse_unmatchable(book: _Book, term: str, under: str) -> None:
    """Raise for a term that could never match, or would match half the language."""
    problem = ""
    if any("..." in word and word != "..." for word in term.split()):
        problem = "needs spaces round its ..."
    elif "..." in (term.split()[0], term.split()[-1]):
        problem = "begins or ends with a gap"
    elif re.search(r"\*\S*\w", term):
        problem = "has a * that does not end a word"
    elif re.search(rf"(?<!\w)\w{{0,{LEAST_STEM - 1}}}\*", term):
        problem = f"has fewer than {LEAST_STEM} letters before its *"
    elif not WORD.search(term):
        problem = "holds no word"
    if problem:
        raise book.error(f"{term!r} {problem}.", term, under)


def _actor_rows(book: _Book, actor_id: str, content: dict) -> Iterator[Row]:
    book.check_keys(content, ACTOR_KEYS, f"actor {actor_id}", actor_id)
    name, kind = str(content.get("name", "")).strip(), str(content.get("kind", ""))
    if not name:
        raise book.error(f"actor {actor_id} has no name.", actor_id)
    if kind not in ACTOR_KINDS:
        raise book.error(f"actor {actor_id} is of kind {kind!r}; it must be one of {', '.join(ACTOR_KINDS)}.", actor_id)
    who = (actor_id, name, kind, str(content.get("side", "")))
    ways = {"alias": [name, *book.strings(content, "aliases")], "exclude": book.strings(content, "not")}
    ways |= {"metonym": book.strings(content, "metonyms"), "demonym": book.strings(content, "demonyms")}
    ways["surname"] = _surnames(name, kind, str(content.get("surname") or ""), ways["alias"])
    for how, strings in ways.items():
        for string in dict.fromkeys(strings):
            _refuse_unmatchable(book, string, actor_id)
            yield *who, string, how, "", ""


def _surnames(name: str, kind: str, given: str, aliases: list[str]) -> list[str]:
    """Return a person's surname in all spellings: of the name, and of aliases that begin with the same first name."""
    if kind != "person" or " " not in name:
        return []
    spelled = [alias for alias in aliases if " " in alias and alias.split()[0] == name.split()[0]]
    return [given] if given else list(dict.fromkeys(map(surname_of, [name, *spelled])))


def surname_of(name: str) -> str:
    """Return the last word of a person's name, with the particles before it (von der Leyen)."""
    words = name.split()
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in PARTICLES:
        first -= 1
    return " ".join(words[first:])


def _refuse_shared_aliases(book: _Book, rows: list[Row]) -> None:
    owners: dict[str, str] = {}
    for actor_id, _, _, _, alias, how, *_ in rows:
        # A surname may be shared: that makes it ambiguous, which is counted, not refused.
        if how in ("surname", "exclude"):
            continue
        owner = owners.setdefault(normalise_term(alias), actor_id)
        if owner != actor_id:
            raise book.error(f"{alias!r} is claimed by two actors, {owner} and {actor_id}. Give it to one.", alias)
