"""Speakers: who is meant by the words with which a text names who speaks: a surname, an office, "he"."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from toolkit.people import MEANT, PLACES, People
from toolkit.terms import Span
from toolkit.titles import BODIES, COMPOUNDS, first_names, from_first_name, last_office
from toolkit.tokens import DETERMINERS, PARTS_OF_NAMES, PREPOSITIONS, SUBJECTS

SELF = re.compile(r"['’]s$|\s(?:himself|herself|itself|themselves)$")
REMEMBERED = 20_000  # distinct speakers as written
BACK = 6  # sentences in which who is meant by a pronoun is looked for


class Cast:
    """The people and bodies of an article as they speak, to know again who "Lee", "the mayor" or "he" is."""

    def __init__(self, hidden: str, sentences: Sequence[Span]) -> None:
        self._hidden, self._sentences = hidden, sentences
        self._spoke: dict[int, str] = {}  # by sentence
        self._turns: dict[str, int] = {}  # by name, when last heard
        self._turn = 0
        self._latest = ""

    @cached_property
    def _people(self) -> People:
        return People(self._hidden, self._sentences)

    def resolve(self, written: str, sentence: int, before: int) -> str:
        """Return the fullest name of who is written so in a sentence (by number, up to a place), and remember it."""
        lower = written.lower()
        if lower in SUBJECTS:
            name = self._meant_by(lower, sentence, before)
        else:
            name = self._latest = (sentence < 0 and self._holder(lower)) or self._named(written)
        if name:
            self._spoke[sentence] = name
            self._turn += 1
            self._turns[name] = self._turn
        return name

    def _named(self, written: str) -> str:
        words, run, office, name, attached = _parted(written)
        if not words:
            return written
        if leading := self._leading_name(words):
            return leading
        if not name:
            return self._in_office(written)
        if "and" in words or "&" in words or attached:
            return written
        full = self._people.full.get(name[-1].lower().strip("."), {})
        full = full or (self._people.inner.get(name[-1].lower(), {}) if len(name) == 1 else {})
        said = " ".join(name)
        if said in full:
            return said
        fitting = [one for one in full if len(name) == 1 or one.lower().startswith(name[0].lower())]
        if fitting:
            heard = [one for one in fitting if one in self._turns]
            latest = max(heard, key=self._turns.__getitem__, default="")
            return latest or max(fitting, key=self._people.weight)
        if len(name) == 1 and office < 0 and (bearer := self._by_first_name(name[0])):
            return bearer
        if run and words[0].lower() in DETERMINERS and office < 0 and name[0].lower() not in first_names():
            return written.removeprefix("the ").removeprefix("The ") if words[1][:1].isupper() else written
        return said

    def _leading_name(self, words: list[str]) -> str:
        """Return the name of "Ann Lee of the Port Board"."""
        run = next((at for at, word in enumerate(words) if not word[:1].isupper()), 0)
        if run < 2:
            return ""
        name = " ".join(from_first_name(words[:run]))
        known = name in self._people.full.get(words[run - 1].lower(), {})
        return name if known and words[run].lower() in PREPOSITIONS and words[run - 1].lower() not in BODIES else ""

    def _by_first_name(self, word: str) -> str:
        bearers = self._people.bearers.get(word, {})
        bearer = next(iter(bearers), "") if len(bearers) == 1 and word.lower() not in PLACES else ""
        return bearer if bearer and self._people.may_be_person(bearer) else ""

    def _holder(self, office: str) -> str:
        """Return who of the article is what a headline calls Mayor, if one person is."""
        words = office.split()
        last = words[-1] if words and "prime" not in words else ""
        holders = self._people.holders(office) or self._people.holders(last)
        return next(iter(holders)) if len(holders) == 1 else ""

    def _in_office(self, written: str) -> str:
        """Return who is "the mayor", if one person of the article has that office, else what is written."""
        words = written.lower().split()
        head = next((at for at, word in enumerate(words) if word in PREPOSITIONS), len(words)) - 1
        if words[0] != "the" or head < 1:
            return written
        first = head - (words[head - 1] in COMPOUNDS)
        office = " ".join(words[first : head + 1])
        holders = self._people.holders(office)
        titled = self._people.titled.get(office, {}) if len(holders) != 1 and first == 1 else {}  # not the local mayor
        holders = [self._people.longest(name) for name in titled] if titled else holders
        return next(iter(holders)) if len(holders) == 1 else written

    def _meant_by(self, pronoun: str, sentence: int, before: int) -> str:
        """Return whom a pronoun goes back to: who spoke last or is named first in the sentences before."""
        if pronoun in ("i", "we", "you"):
            return pronoun.upper() if pronoun == "i" else pronoun.capitalize()
        if pronoun not in MEANT:
            return "" if self._people.pronoun_of(self._latest) else self._latest
        wanted, meant = MEANT[pronoun], ""
        for name in self._named_before(sentence, before):
            if name and self._people.pronoun_of(name) in ("", wanted) and self._people.may_be_person(name):
                meant = meant or name
                if self._is_person(name):
                    meant = name
                    break
        if meant:
            self._people.remember_pronoun(meant, wanted)
        return meant

    def _named_before(self, sentence: int, before: int) -> Iterator[str]:
        """Yield who speaks or is named in a sentence up to a place, and then in the sentences before."""
        for number in range(sentence, max(-1, sentence - BACK), -1):
            yield self._spoke.get(number, "")
            yield from self._people.named_in(number, before if number == sentence else None)

    def _is_person(self, name: str) -> bool:
        spoke = name in self._turns and name.split()[-1].lower() not in BODIES
        return spoke or self._people.is_person(name)


@lru_cache(REMEMBERED)
def _parted(written: str) -> tuple[tuple[str, ...], int, int, tuple[str, ...], bool]:
    """Return the words of a speaker, where capitals begin and a title ends, the name, whether it is but attached."""
    words = SELF.sub("", written).split()
    run, least = len(words), int(bool(words) and words[0].lower() in DETERMINERS)
    while run > least and (words[run - 1][:1].isupper() or (run < len(words) and words[run - 1] in PARTS_OF_NAMES)):
        run -= 1
    capitals = words[run:]
    office = last_office(capitals)
    whole = capitals[office + 1 :] if office + 1 < len(capitals) else capitals
    name = from_first_name(whole)
    # A source in the Port Board, critics of Ann Lee; but the mayor of Paris Ann Lee.
    attached = office < 0 and name == whole and any(word.lower() in PREPOSITIONS for word in words[:run])
    return (*words,), run, office, (*name,), attached
