"""Proper names: what reads as a name in English text by its capitals, before anybody knows whose it is.

No model: runs of capitalised words, freed of titles, weekdays and possessives, and once more the places where capitals
say nothing (beginnings of sentences, headlines), for names that the article has elsewhere.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toolkit.names import CALENDAR, DEMONYM, JOINERS, OPENERS, TITLES, is_capital, name_spans, opens
from toolkit.terms import WORD, Span

OWNED = "people|women|men|children|workers|mother|father|veterans|valentine|year|king|queen"  # People's Party is one
PARTS = re.compile(
    rf"(?<!\w)(?!(?:{OWNED})['’])\w+(['’]s[ \u00a0]+)|[ \u00a0]+(?:in|on|at|(?<!of.)(?<!for.)the)[ \u00a0]+",
    re.IGNORECASE,
)
DEPARTMENTS = (
    "State|Defen[cs]e|Health|Education|Energy|Labou?r|Commerce|Interior|Treasury|Justice|Transport(?:ation)?"
    "|Homeland Security|Foreign Affairs|Finance|Trade"
)
OF = re.compile(rf"(\w+)([ \u00a0]+(?:of|for)[ \u00a0]+(?:the[ \u00a0]+)?(?:(?:{DEPARTMENTS})[ \u00a0]+(?=[A-Z]))?)")
AND = re.compile(r"[ \u00a0]+and[ \u00a0]+")
JOINS_BOTH = re.compile(r"\b(?:of|for)\b")  # Ministry of Health and Welfare, but Ann Lee and Bo
TRAILING = re.compile(r"['’]s?$|[ \u00a0]+(?:of|for|the|and|&|de|von|van)$")
OFFICES = frozenset(
    """
    prime foreign vice deputy interior health defence defense finance home trade education press state attorney chief
    executive former acting lead head secretary-general under assistant senior co-founder founder ceo managing
    national security supreme leader head coach reverend first
    """.split()
)
PEOPLES = frozenset(
    """
    french dutch german germans greek greeks thai iraqi iraqis israeli israelis pakistani pakistanis swiss czech afghan
    afghans arab arabs jew jews muslim muslims christians icelandic kurdish kurds serb serbs croat turks finn
    saudi saudis bangladeshi filipino filipinos welsh british english spanish irish latino latinos hispanic cypriot
    catholic catholics protestant sunni shia islamic european europeans western westerner eastern northern southern
    democrat democrats republican republicans conservatives liberals tory democratic
    """.split()
)
MONTHS_SHORT = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
NO_NAMES = (
    OPENERS
    | PEOPLES
    | MONTHS_SHORT
    | set("god internet lord sir madam inc ltd corp co covid mr mrs ms dr pm am tv ok".split())
)
# At these a run of capitals is parted; not at May, which is a surname, nor at Sun, which is a newspaper.
DAYS = (CALENDAR - {"may"}) | MONTHS_SHORT | frozenset("mon tue wed thu fri".split())
BODIES_FOR = frozenset(
    """
    center centre organization organisation department campaign committee ministry agency alliance institute foundation
    coalition union council office association movement society commission fund secretary party network
    """.split()
)
# Words in whose company a title is part of a name: the General Assembly, the Justice Department.
HEADS = frozenset(
    """
    assembly department electric motors mills hospital office minister ministry committee court league council board
    party union election elections conference house building street center centre club secretary executive
    island islands
    """.split()
)
LONGEST = 6  # words of the longest name looked for again


class Found(NamedTuple):
    """A name at a place in a sentence; `title` is what stands before it, `kind` what a model takes it for, if any."""

    name: str
    start: int
    end: int
    title: str
    kind: str = ""


Sentences = list[tuple[str, str]]  # part and text of each


class ProperNames:
    """Names by their capitals, in articles of a corpus that says which words are also written small."""

    def __init__(self, corpus: Iterable[Sentences]) -> None:
        self._small: Counter[str] = Counter()
        self._within: Counter[str] = Counter()  # names where no sentence begins
        for sentences in corpus:
            for part, text in sentences:
                self._small.update(word for word in WORD.findall(text) if word.islower())
                names = _names_in(text, part == "title")
                self._within.update(one.name for one in names if not opens(text, one.start))

    def find(self, sentences: Sentences) -> list[list[Found]]:
        """Return the names in each sentence of an article."""
        found = [list(self._opened(text, _names_in(text, part == "title"))) for part, text in sentences]
        known = {one.name for names in found for one in names}
        words = known | {word for name in known for word in name.split()}
        for (_, text), names in zip(sentences, found, strict=True):
            names += [one for one in _again(text, names, known, words) if self._is_rather_a_name(one.name)]
            names.sort(key=lambda one: one.start)
        return found

    def _opened(self, text: str, names: Iterable[Found]) -> Iterator[Found]:
        """Yield the names, one that opens a sentence without a first word that is none: "Regarding Ann Lee"."""
        for one in names:
            first, _, rest = one.name.partition(" ")
            alien = self._small[first.lower()] or first.endswith("ing") or len(first) == 1
            if rest and alien and opens(text, one.start) and not self._within[one.name]:
                place = text.find(" ", one.start) + 1
                yield from _clean(text, place, one.end, one.title)
            elif self._is_rather_a_name(one.name) or one.title:
                yield one

    def _is_rather_a_name(self, name: str) -> bool:
        """Say whether a word is written with a capital more often than small."""
        return " " in name or self._within[name] > self._small[name.lower()]


def _names_in(text: str, headline: bool) -> Iterator[Found]:
    if text.islower():
        return
    for start, end in name_spans(text, headline):
        for first, last in _split(text, start, end):
            yield from _without_title(text, first, last)


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the names of a run: Russia's Sergei Lavrov in Geneva is three, Ann Lee and Bo two."""
    marks = [(match.start(1) if match[1] else match.start(), match.end()) for match in PARTS.finditer(text, start, end)]
    if not JOINS_BOTH.search(text, start, end):
        marks += [match.span() for match in AND.finditer(text, start, end)]
    marks += [word.span() for word in WORD.finditer(text, start, end) if word[0].lower() in DAYS]
    marks += [match.span(2) for match in OF.finditer(text, start, end) if _is_office(match[1], match[2].split()[0])]
    place = start
    for first, last in sorted(marks):
        if first >= place:
            yield place, first
            place = last
    yield place, end


def _is_office(word: str, joiner: str) -> bool:
    """Say whether a word before "of" or "for" is an office, so that what follows is another name: Mayor of Linz."""
    word = word.lower()
    return word in TITLES | OFFICES or (joiner == "for" and word.rstrip("s") not in BODIES_FOR)


def _without_title(text: str, start: int, end: int) -> Iterator[Found]:
    """Yield the name of a span, and what stands before a title as one of its own: "US" of "US President Ann Lee"."""
    words = list(WORD.finditer(text, start, end))
    last = _last_title(words)
    if 0 < last + 1 < len(words):
        home = text.find(" of ", words[last + 1].start(), end)  # Senator Ann Lee of Ohio
        yield from _clean(text, words[last + 1].start(), end if home < 0 else home, words[last][0])
        if home >= 0:
            yield from _clean(text, home + len(" of "), end, "")
        before = [word for word in words[:last] if word[0].lower() not in TITLES | OFFICES]
        if before:
            yield from _clean(text, before[0].start(), before[-1].end(), "")
    else:
        yield from _clean(text, start, end, "")


def _last_title(words: list[re.Match]) -> int:
    """Return the number of the title before a name, -1 where there is none: President Ann Lee, not General Assembly."""
    last = -1
    for number, word in enumerate(words[:-1]):
        following = words[number + 1][0]
        if word[0].lower() in TITLES and following[0].isupper() and following.lower() not in HEADS | {"general"}:
            last = number
    return last


def _clean(text: str, start: int, end: int, title: str) -> Iterator[Found]:
    words = list(WORD.finditer(text, start, end))
    while words and (words[0][0].lower() in OPENERS or not is_capital(words[0])):
        words = words[1:]
    if len(words) > 1 and _is_people(words[0][0]) and words[1][0].lower() not in HEADS:
        words = words[1:] if not _is_people(words[1][0]) and len(words) > 2 else words
    while words and (words[-1][0].lower() in OPENERS or (not is_capital(words[-1]) and not words[-1][0].isdigit())):
        words = words[:-1]
    before = words[:-1]
    if before and words[-1][0].lower() in TITLES and all(_is_of_office(word[0]) for word in before):
        words = [word for word in before if word[0].lower() not in TITLES | OFFICES][:1]  # the U.S. Deputy Secretary
    if not words:
        return
    name = TRAILING.sub("", text[words[0].start() : words[-1].end()])
    dotted = text[words[-1].end() : words[-1].end() + 1] == "." and "." in name  # U.S.
    name = f"{name}." if dotted else name
    if _is_name(name, title):
        yield Found(" ".join(name.split()), words[0].start(), words[0].start() + len(name), title)


def _is_of_office(word: str) -> bool:
    return word.isupper() or _is_people(word) or word.lower() in TITLES | OFFICES


def _is_people(word: str) -> bool:
    return word.lower() in PEOPLES or bool(DEMONYM.match(word) and word != "Vatican")


def _is_name(name: str, title: str) -> bool:
    if " " in name:
        return any(len(word) > 1 and word.lower() not in TITLES | OFFICES | JOINERS for word in name.split())
    plain = name.lower().strip(".")
    titled = plain in TITLES | OFFICES
    return len(plain) > 1 and not titled and plain not in NO_NAMES and (bool(title) or not _is_people(name))


def _again(text: str, names: list[Found], known: set[str], words: set[str]) -> Iterator[Found]:
    """Yield the names of the article where their capitals alone prove nothing."""
    covered = {place for one in names for place in range(one.start, one.end)}
    runs = [word for word in WORD.finditer(text) if is_capital(word) and word.start() not in covered]
    place = 0
    for number, word in enumerate(runs):
        if word.start() < place:
            continue
        for last in reversed(runs[number : number + LONGEST]):
            name = " ".join(text[word.start() : last.end()].split())
            if name in known or (name == word[0] and name in words and _is_name(name, "")):
                yield Found(name, word.start(), last.end(), "")
                place = last.end()
                break
