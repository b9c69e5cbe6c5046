"""Suggestion book: suggested actors as a registry to be edited, with what speaks for each beside it."""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten

import pandas as pd
import yaml

from toolkit.exports import replace_file
from toolkit.names import TITLES
from toolkit.printable import printable
from toolkit.registry import ACTOR_KINDS
from toolkit.spellings import plain, spelling_of
from toolkit.tables import SUGGESTIONS, require, texts_of
from toolkit.terms import WORD

HEAD = """\
# Names found in {corpus}. Kinds are guesses. Delete whom you do not want, correct the rest, and run the check:
# toolkit codebook check {file}
name: Suggested actors
version: 0.1.0
language: en
actors:
"""
UNMATCHABLE = re.compile(r"\*|\.\.\.")  # signs that stand for other text in a codebook
LONGEST = 200  # characters of an example


def write_suggestions(suggestions: pd.DataFrame, path: str | Path, corpus: str = "the corpus") -> Path:
    """Write suggestions (from `suggest_actors`) as a registry that `load_actors` reads, and return its path.

    An alias that an earlier name has is left out. Counts and an example stand beside each as a comment. Nothing is
    written but what YAML quotes, so that a hostile name stays a name. Raises TableError where the file
    cannot be written.
    """
    require(suggestions, ["name", "kind", "count", "articles", "variants", "example"], source="suggestions")
    path = Path(path)
    pieces = [HEAD.format(corpus=printable(corpus), file=printable(path.name)), *_entries(suggestions)]
    content = "".join(pieces) if len(pieces) > 1 else pieces[0].rstrip() + " {}\n"
    replace_file(path, lambda place: place.write_text(content, encoding="utf-8"))
    return path


def _entries(suggestions: pd.DataFrame) -> Iterator[str]:
    claimed: set[str] = set()
    ids: set[str] = set()
    columns = (texts_of(suggestions, column) for column in SUGGESTIONS)
    for name, kind, count, articles, variants, example, _ in zip(*columns, strict=True):
        if not _is_usable(name, claimed):
            continue
        claimed.add(spelling_of(name))
        aliases = [
            one for one in filter(None, variants.split("; ")) if _is_usable(one, claimed) and _is_alias(one, name, kind)
        ]
        aliases = list({spelling_of(alias): alias for alias in reversed(aliases)}.values())[::-1]
        claimed |= set(map(spelling_of, aliases))
        entry = {"name": name, "kind": kind if kind in ACTOR_KINDS else "other"} | (
            {"aliases": aliases} if aliases else {}
        )
        dumped = yaml.safe_dump({_id_of(name, ids): entry}, allow_unicode=True, sort_keys=False, width=100)
        told = shorten(printable(example), LONGEST, placeholder=" …")
        yield f"  # {count} in {articles} articles, as in: {told}\n"
        yield "".join(f"  {line}\n" for line in dumped.splitlines())


def _is_usable(name: str, claimed: set[str]) -> bool:
    return bool(WORD.search(name)) and not UNMATCHABLE.search(name) and spelling_of(name) not in claimed


def _is_alias(form: str, name: str, kind: str) -> bool:
    """Say whether a form names by itself: an acronym or several words, but no title before a name known already."""
    words = form.split()
    if len(words) == 1:
        return form.replace(".", "").isupper() or (kind != "person" and form not in name.split())
    return not (words[0].lower() in TITLES and name.endswith(words[-1]))


def _id_of(name: str, ids: set[str]) -> str:
    stem = "_".join(re.findall(r"[a-z0-9]+", plain(name).lower())) or "actor"
    own = next(
        one for number in range(1, len(ids) + 2) if (one := stem if number == 1 else f"{stem}_{number}") not in ids
    )
    ids.add(own)
    return own
