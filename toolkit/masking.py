"""Masking: names replaced in sentences, so that the words in them ("Freedom Party") carry no tone."""

import re
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from toolkit.names import Aliases, find_named, name_spans
from toolkit.sweep import which_hold
from toolkit.tables import require, texts_of
from toolkit.terms import CAPITALISED, WORD, Span, disjoint, term_pattern
from toolkit.vader import BOOSTER_DICT, package

NUMBER = re.compile(r"\bNos?\.?(?=\s?\d)")  # "No. 5" denies nothing
MASK = "Name"  # in no lexicon, and a capital as the words it stands for


def mask_names(
    sentences: pd.DataFrame, actors: pd.DataFrame | None = None, lexicon: Mapping[str, float] | None = None
) -> Iterator[str]:
    """Yield the text of each sentence with the words of names replaced, so that a name's words carry no tone."""
    for text, spans in zip(texts_of(sentences, "text"), find_names(sentences, actors, lexicon), strict=True):
        yield mask(text, spans) if spans else text


def find_names(
    sentences: pd.DataFrame, actors: pd.DataFrame | None = None, lexicon: Mapping[str, float] | None = None
) -> Iterator[list[Span]]:
    """Yield the (start, end) in each sentence of what masking takes for names, in order and without overlap.

    A name seen within sentences of an article is also masked where its capital proves nothing: at the beginning of a
    sentence and in headlines in title case. In a sentence none of whose capitalised words VADER knows none is looked
    for.
    """
    require(sentences, ["article_id", "text"], source="sentences")
    aliases = Aliases(actors, how=("alias", "surname", "metonym")) if actors is not None else None
    telling = BOOSTER_DICT.keys() | (package().lexicon if lexicon is None else lexicon).keys()
    texts, article_ids, parts = (texts_of(sentences, column) for column in ("text", "article_id", "part"))
    toned = which_hold(texts, lambda piece: not telling.isdisjoint(map(str.lower, CAPITALISED.findall(piece))))
    found = [
        name_spans(text, headline=part == "title") if own else None
        for text, part, own in zip(texts, parts, toned, strict=True)
    ]
    seen: dict[str, _Names] = {}
    for text, article_id, spans in zip(texts, article_ids, found, strict=True):
        if spans:
            seen.setdefault(article_id, _Names()).add(text, spans)
    looked_into = [text if own else "" for text, own in zip(texts, toned, strict=True)]
    named = dict(find_named(looked_into, aliases)) if aliases else {}
    for number, (text, article_id, spans) in enumerate(zip(texts, article_ids, found, strict=True)):
        if spans is None:
            yield []
            continue
        known = [match[1:] for matches in named.get(number, ()) for match in matches]
        known += [match.span() for match in NUMBER.finditer(text)]
        again = seen[article_id].find(text, spans) if article_id in seen else []
        yield list(disjoint([*spans, *known, *again]))


class _Names:
    """The names of an article, by their first word."""

    def __init__(self) -> None:
        self._names: dict[str, set[str]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}

    def add(self, text: str, spans: Sequence[Span]) -> None:
        for start, end in spans:
            first = WORD.search(text, start, end)
            self._names.setdefault(first.group().lower(), set()).add(text[first.start() : end])

    def find(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Return where names stand once more, written with a capital, beyond `spans`."""
        covered = {place for start, end in spans for place in range(start, end)}
        return [
            match.span()
            for word in CAPITALISED.finditer(text)
            if word.start() not in covered
            for name in self._names.get(word.group().lower(), ())
            if (match := self._pattern(name).match(text, word.start()))
        ]

    def _pattern(self, name: str) -> re.Pattern[str]:
        if name not in self._patterns:
            self._patterns[name] = term_pattern(name)
        return self._patterns[name]


def mask(text: str, spans: Sequence[Span]) -> str:
    """Return a text with the capitalised words inside the spans replaced; spaces stay, and so do tokens."""
    pieces, place = [], 0
    for start, end in spans:
        pieces += [text[place:start], WORD.sub(_placeholder, text[start:end])]
        place = end
    return "".join([*pieces, text[place:]])


def _placeholder(match: re.Match) -> str:
    # Short words (of, 's) and all-caps words keep their place: they carry no tone, or are meant as emphasis.
    word = match.group()
    return MASK if word[0].isupper() and not (word.isupper() and len(word) > 1) else word
