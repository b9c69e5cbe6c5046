"""Cues: the words by which a text says that somebody speaks, and what they lean to, from a file that people edit."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyarrow.compute as pc

from toolkit.books import Book
from toolkit.paths import DATA
from toolkit.sweep import as_arrow

HEAD = {"name", "version", "language", "source", "doi", "licence", "note"}
MOST_AT_ONCE = 1_000  # words; of more, Arrow's automaton forgets what it has learned, and is slow
LONGEST_VERB = 2  # words: pointed out
SPACED = bytes(sign if chr(sign).isalnum() or chr(sign) == "_" else ord(" ") for sign in range(128)) + bytes(128)
USES = ("open", "object", "told", "label")


class Cues(NamedTuple):
    """Verbs and phrases, each with its leaning, and the verbs of each use."""

    verbs: dict[str, str]
    phrases: dict[str, str]
    open: frozenset[str]
    object: frozenset[str]
    told: frozenset[str]
    label: frozenset[str]
    words: frozenset[str]  # the cues of one word
    longer: dict[str, list[list[str]]]  # the words of the others, the longest first, by the first of them
    begins: frozenset[str]  # the words with which cues begin
    telling: frozenset[bytes]  # of each cue the longest word, b"" for one without a letter of ASCII

    def may_occur_in(self, sentence: str) -> bool:
        """Say whether a sentence has the longest word of a cue, without which it has none."""
        return b"" in self.telling or not self.telling.isdisjoint(_plain_words(sentence))

    def may_occur_in_each(self, sentences: Sequence[str]) -> list[bool]:
        """Say the same of many sentences at once."""
        if b"" in self.telling or len(self.telling) > MOST_AT_ONCE:
            return [*map(self.may_occur_in, sentences)]
        telling = b"|".join(sorted(self.telling)).decode()
        return pc.match_substring_regex(as_arrow(sentences), rf"(?i)\b(?:{telling})\b").to_pylist()

    def leaning_of(self, cue: str) -> str:
        """Return what a cue leans to, "" for what is none."""
        return self.verbs.get(cue.lower()) or self.phrases.get(cue.lower(), "")


@cache
def load_cues(path: Path = DATA / "cues.yml") -> Cues:
    """Read a file of cues; raises CodebookError with file and line for an unknown key, or a cue that stands twice."""
    book = Book(path, HEAD | {"verbs", "phrases", *USES})
    verbs, phrases = _leanings(book, "verbs"), _leanings(book, "phrases")
    if not verbs:
        raise book.error("verbs lists no cue, and nothing would be found. List some, such as neutral: [said].", "verbs")
    if long := next((verb for verb in verbs if len(verb.split()) > LONGEST_VERB), ""):
        raise book.error(f"{long!r} has more than two words, as no verb has. Write it under phrases.", long)
    words = frozenset(cue for cue in (*verbs, *phrases) if " " not in cue)
    longer = _by_first_word({*verbs, *phrases} - words)
    telling = frozenset(max(_plain_words(cue), key=len, default=b"") for cue in (*verbs, *phrases))
    return Cues(verbs, phrases, *(_use(book, key, verbs) for key in USES), words, longer, words.union(longer), telling)


def _plain_words(text: str) -> list[bytes]:
    """Return the words of a text in lower case, parted at every letter beyond ASCII, much quicker than by WORD."""
    return text.lower().encode("ascii", "replace").translate(SPACED).split()


def _by_first_word(cues: Iterable[str]) -> dict[str, list[list[str]]]:
    longer: dict[str, list[list[str]]] = {}
    for cue in sorted(cues, key=lambda cue: (-len(cue.split()), cue)):
        longer.setdefault(cue.split()[0], []).append(cue.split())
    return longer


def _use(book: Book, key: str, verbs: dict[str, str]) -> frozenset[str]:
    used = [verb.lower() for verb in book.strings(book.content, key)]
    if unknown := next((verb for verb in used if verb not in verbs), ""):
        raise book.error(f"{unknown!r} stands under {key}, but under no leaning of verbs. Add it there.", unknown, key)
    return frozenset(used)


def _leanings(book: Book, key: str) -> dict[str, str]:
    leanings: dict[str, str] = {}
    content = book.content.get(key) or {}
    if not isinstance(content, dict):
        raise book.error(f"{key} must list words under leanings, such as neutral: [said].", key)
    for leaning in content:
        for cue in map(str.lower, book.strings(content, leaning)):
            if cue in leanings:
                raise book.error(
                    f"{cue!r} stands twice, under {leanings[cue]} and {leaning}. Delete one.", cue, leaning
                )
            leanings[cue] = str(leaning)
    return leanings
