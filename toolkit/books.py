"""Books: YAML files that people edit, and the line on which each thing stands, for errors that say where."""

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

import yaml

from toolkit.errors import CodebookError
from toolkit.printable import printable

HINTS = {
    "'\\t'": " Indent with spaces, not tabs.",
    "mapping values": " Put quotation marks round text that holds a colon.",
    "alias": " Put quotation marks round a word that begins with *.",
    "stands twice": " Rename or delete one.",
}
KINDS = {"frames": "a codebook of frames", "actors": "a registry of actors"}  # by the key that each has
BOOLEAN = "tag:yaml.org,2002:bool"


class Book:
    """One YAML file, and where in it things stand."""

    def __init__(self, path: Path, known: set[str] | None = None, kind: str = "a codebook", needed: str = "") -> None:
        self.path = path
        self._source = read_source(path)
        try:
            content = deepcopy(_parsed(self._source))
        except (ValueError, yaml.YAMLError, RecursionError) as error:
            line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
            detail = " ".join(str(getattr(error, "problem", None) or error).split())[:200]
            hint = next((hint for sign, hint in HINTS.items() if sign in detail), "")
            raise CodebookError(
                f"{path.name}{f':{line}' if line else ''}: not readable YAML: {detail}.{hint}"
            ) from None
        if not isinstance(content, dict):
            needed = needed or (
                "keys such as name, version and frames or actors"
                if known
                else "outlets, and under each its rules: The Hill Courier: [{line: 'Share *', label: menu}]"
            )
            raise CodebookError(f"{path.name}: not {kind if known else 'a file of rules'}. It needs {needed}.")
        self.content = content
        if known is not None:
            self._refuse_the_other_kind(content, known)
            self.check_keys(content, known, kind.replace("a ", "the ", 1))

    def _refuse_the_other_kind(self, content: dict, known: set[str]) -> None:
        asked = [key for key in KINDS if key in known]
        given = [key for key in KINDS if key in content]
        if asked and given and not set(asked) & set(given):
            raise CodebookError(f"{self.path.name}: {KINDS[given[0]]}, where {KINDS[asked[0]]} is asked for.")

    def error(self, message: str, near: str = "", under: str = "") -> CodebookError:
        """Make an error with the line where `near` stands last, below the key `under` if one is named."""
        line = self.line_of(near, under)
        return CodebookError(printable(f"{self.path.name}{f':{line}' if line else ''}: {message}"))

    def line_of(self, near: str, under: str = "") -> int:
        """Return the line where `near` stands last, below the key `under` if one is named; 0 where it does not."""
        near = " ".join(near.split())
        scalars = ((path, " ".join(str(node.value).split()), node) for path, node in self._scalars())
        dated = f"{near} ("  # of a role, with its days
        lines = [
            node.start_mark.line + 1
            for path, value, node in scalars
            if under in ("", *path) and (value == near or value.startswith(dated))
        ]
        return lines[-1] if lines else 0

    def _scalars(self) -> Iterator[tuple[tuple[str, ...], yaml.Node]]:
        return _scalars(yaml.compose(self._source, Loader=_StrictLoader))

    def check_keys(self, content: object, known: set[str], where: str, under: str = "") -> None:
        if not isinstance(content, dict):
            raise self.error(f"{where} must have keys: {', '.join(sorted(known))}.", under)
        for key in content:
            if key not in known:
                raise self.error(
                    f"unknown key {key!r} in {where}. It takes: {', '.join(sorted(known))}.", str(key), under
                )

    def _written(self, value: object, key: str) -> str:
        """Return what stands below a key for a value that is no text, such as no, which YAML takes for False."""
        kind = {bool: "bool", type(None): "null"}.get(type(value))
        texts = (node.value for path, node in self._scalars() if key in path and node.tag.endswith(f":{kind}"))
        return next(texts, str(value))

    def entries(self, key: str, content: dict | None = None, within: str = "") -> Iterator[tuple[str, dict]]:
        """Yield what stands under a key, by name; `within` is the entry that `content` is, for errors."""
        found = (self.content if content is None else content).get(key)
        if not isinstance(found, dict) or not found:
            inside, near = (f" of {within}", within) if within else ("", key)
            raise self.error(f"{key}{inside} must list at least one entry, each under its own name.", near)
        for name, entry in found.items():
            if not isinstance(entry, dict):
                raise self.error(f"{name} must have keys of its own, such as question or name.", str(name))
            yield str(name), entry

    def string(self, content: dict, key: str, under: str = "") -> str:
        """Return a word or phrase, "" where there is none; raise for anything else."""
        found = content.get(key)
        if found is not None and not isinstance(found, str):
            raise self.error(f"{key} must be words; put quotation marks round {str(found)[:40]!r}.", key, under)
        return " ".join((found or "").split())

    def strings(self, content: dict, key: str) -> list[str]:
        """Return a list of words or phrases; raise for anything else, naming the first that is none."""
        found = content.get(key) or []
        if not isinstance(found, list):
            raise self.error(f"{key} must be a list: write {key}: [{str(found)[:40]}]", key)
        for entry in found:
            if not isinstance(entry, str) or not entry.strip():
                written = self._written(entry, key)
                raise self.error(f"{key} must hold words; put quotation marks round {written[:40]!r}.", written, key)
        return [" ".join(entry.split()) for entry in found]


@lru_cache(maxsize=8)
def _parsed(source: str) -> object:
    """Return what a YAML document holds: a report asks for one codebook several times, and reading it is slow."""
    return yaml.load(source, Loader=_StrictLoader)


def read_source(path: Path) -> str:
    """Return the text of a file that people edit; raise CodebookError where there is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except IsADirectoryError:
        raise CodebookError(f"{path.name} is a folder. Name a file in it.") from None
    except UnicodeDecodeError:
        raise CodebookError(f"{path.name}: not UTF-8. Save the file as UTF-8.") from None
    except OSError as error:
        raise CodebookError(f"{path.name}: cannot be read: {error.strerror}.") from None


def _scalars(node: yaml.Node | None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], yaml.ScalarNode]]:
    """Yield each key and value of a YAML document with the keys above it."""
    if isinstance(node, yaml.ScalarNode):
        yield path, node
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _scalars(child, path)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield path, key
            yield from _scalars(value, (*path, str(key.value)))


class _StrictLoader(yaml.SafeLoader):
    """safe_load, but a key that stands twice is an error instead of the last one winning, and an alias is one too.

    Aliases of aliases make a small file endless, and no codebook needs them. Words stay words: "no" is Norway's and
    "on" a name like others, only true and false are no text; and a date is text as it is written.
    """

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, form) for tag, form in resolvers if tag not in (BOOLEAN, "tag:yaml.org,2002:timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.MarkedYAMLError(problem=f"an alias, *{event.anchor[:40]}", problem_mark=event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key_node, _ in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"key {key!r} stands twice", problem_mark=key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


_StrictLoader.add_implicit_resolver(BOOLEAN, re.compile(r"(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
