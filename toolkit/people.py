"""People: whom a text names, each by the fullest name it has for them, with their offices and he or she."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from toolkit.terms import Span
from toolkit.titles import OFFICES, Named, first_names, read_run
from toolkit.tokens import DETERMINERS, PARTS_OF_NAMES

PLACES = frozenset(
    """
    north south east west northern southern eastern western new united great los las san santa saint st puerto saudi
    mount lake fort cape
    """.split()
)
SMALL = "|".join(sorted(PARTS_OF_NAMES))
# Words are taken whole (++): no shorter one could match, and trying each would cost most of the time.
NAME = rf"[A-Z][\w\u0300-\u036f'’-]++(?:\s(?:[A-Z]\.\s)?(?:(?:{SMALL})\s)*[A-Z][\w\u0300-\u036f'’-]++){{1,3}}"
PART = r"[A-Z](?:[\w\u0300-\u036f'’&-]*[\w\u0300-\u036f]|\.)?"
RUN = re.compile(
    rf"{PART}(?:(?<=Mr|Ms|Dr|St)\.|(?<=Mrs|Gen|Sen|Rep|Gov|Col|Sgt)\.|(?<=Prof|Capt)\.)?"
    rf"(?:\s(?:(?:of|for|the|and|&|{SMALL})\s){{0,2}}{PART})*"
)
ROLE_BEHIND = re.compile(
    rf"({NAME}),\s(?:\d+,\s)?(?!who\b|which\b|whose\b|and\b|but\b)(?:(?:the|a|an|its|his|her|their|\w+['’]s)\s)?"
    rf"(?:[\w'’-]++\s){{0,4}}?((?:prime\s)?[a-z-]++)"
    r"(?=\s(?:of|for|at|in|who|and|from|with)\s|,|\.|$)"
)
ROLE_BEFORE = re.compile(
    r"(?:The|the|An|an|A|a|Its|its|His|his|Her|her|'s|’s)\s(?:[\w'’-]++\s){0,4}?"
    rf"((?:prime\s)?[a-z-]++),?\s({NAME})"
)
HELD = re.compile(r",?\s[A-Z]|\s(?:of|for|at|in|who|and|from|with)\s|[,.]|$")  # behind an office, as in these three
OFFICE_BEFORE = re.compile(rf"(?<![A-Za-z-])([A-Za-z-]++)\s({NAME})")
PLACED = re.compile(r"\b(?:[Tt]he|[Ii]n|[Nn]ear|[Aa]cross|[Tt]hroughout|[Ii]nside|[Oo]utside)\s$")
PLACING = ("he", "n", "ear", "cross", "hroughout", "nside", "utside")  # how these words end
PLACED_REACH = 12  # characters
ACRONYM = re.compile(r"((?:[A-Z][\w'’&-]+\s(?:(?:of|for|the|and|on)\s)*)+[A-Z][\w'’-]+)\s\((?:the\s)?([A-Z]{2,7})\)")
IN_BRACKETS = re.compile(r"\((?:the\s)?[A-Z]{2,7}\)")
WOMAN = tuple("woman women actress mother sister wife widow queen girl duchess princess ms mrs miss lady".split())
MAN = tuple("man father brother husband king boy duke prince mr sir lord".split())
CAPITALS = re.compile(r"[A-Z][\w-]*\w")
NAMED = re.compile(r"[A-Z][\w’'-]*\w")
OWNING = re.compile(r"['’]s$")
# What stands before is looked at behind the first letter, so that the search can go by letters.
PRONOUNS = re.compile(r"(?:h(?<!\wh)(?:e|is|im|er)|s(?<!\ws)he)\b")
ASKS = re.compile(r"\b(?:said|says|told|tells|asked|asks|urged|by)\b")
MEANT = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she"}

Names = dict[str, None]  # in the order in which a text has them


class People:
    """The people and bodies that a text names: whom "Lee" or "the mayor" may mean, and who is he or she.

    `hidden`: the text with what is marked blotted out. Offices and pronouns are read once they are asked for.
    """

    def __init__(self, hidden: str, sentences: Sequence[Span]) -> None:
        self.full: dict[str, Names] = defaultdict(dict)  # by last word, or acronym
        self.inner: dict[str, Names] = defaultdict(dict)  # by a word in the middle
        self.bearers: dict[str, Names] = defaultdict(dict)  # by any word but the last
        self.titled: dict[str, Names] = defaultdict(dict)  # by a title directly before the name
        self.times: Counter[str] = Counter()
        self._offices: dict[str, Names] = defaultdict(dict)
        self._in_offices: set[str] = set()
        self._pronouns: dict[str, str] = {}
        self._placed: set[str] = set()  # names of several words
        self._single: dict[str, str] = {}  # who is named by title and surname alone: President Trump
        self._fullest: dict[str, str] = {}  # by a word as it stands, once all names are read
        self._hidden, self._sentences = hidden, sentences
        self._are_described = False
        self._asked: set[str] = set()  # offices
        self._read_names()

    def _read_names(self) -> None:
        for start, place, run in self._runs():
            name = " ".join(run.split())
            for one in read_run(name):
                self._add(one)
            if self._is_at_place(start, place):
                self._placed.add(name)
        for bracket in IN_BRACKETS.finditer(self._hidden):
            first = max(self._hidden.rfind(sign, 0, bracket.start()) for sign in ".)") + 1
            match = ACRONYM.search(self._hidden, first, bracket.end())
            if match and "".join(filter(str.isupper, (word[0] for word in match[1].split()))).endswith(match[2]):
                self.full[match[2].lower()][match[1]] = None

    def _runs(self) -> list[tuple[int, int, str]]:
        """Return the runs of several words with capitals, where each stands, and where its sentence begins."""
        starts, runs, place = [start for start, _ in self._sentences], [], 0
        for run in RUN.findall(self._hidden):
            if run.isalnum() or len(run.split()) == 1:
                continue
            place = self._hidden.index(run, place)
            number = bisect_right(starts, place) - 1
            if number < 0 or self._sentences[number][1] < place + len(run):  # one that runs on in the next is two
                return [*self._runs_by_sentence()]
            runs.append((starts[number], place, run))
            place += len(run)
        return runs

    def _runs_by_sentence(self) -> Iterator[tuple[int, int, str]]:
        for start, end in self._sentences:
            for match in RUN.finditer(self._hidden, start, end):
                if len(match[0].split()) > 1:
                    yield start, match.start(), match[0]

    def _is_at_place(self, start: int, place: int) -> bool:
        near = max(start, place - PLACED_REACH)
        placed = self._hidden[near:place].rstrip().endswith(PLACING)
        return placed and bool(PLACED.search(self._hidden, near, place))

    def _is_placed(self, name: str) -> bool:
        """Say whether a name stands as those of places do: the Cabinet Room, in Central Park."""
        return name in self._placed or any(
            match[0] == name and self._is_at_place(start, match.start())
            for start, end in self._sentences
            if " " not in name and self._hidden.find(name, start, end) >= 0
            for match in RUN.finditer(self._hidden, start, end)
        )

    def _add(self, one: Named) -> None:
        if one.office:
            self._see(one.office, one.holder)
            self.titled[one.office][one.holder.split()[-1]] = None
        if one.single:
            self._single.setdefault(one.single.lower(), one.single)
        if one.name:
            *before, last = one.name.split()
            self.full[last.lower()][one.name] = None
            self.times[one.name] += 1
            for word in before:
                self.bearers[word][one.name] = None
            for word in before[1:] if before[0].lower() in first_names() else ():
                self.inner[word.lower()][one.name] = None

    def _see(self, office: str, name: str) -> None:
        """Remember that a name has an office, and what a title or office tells of he or she."""
        words = name.split()
        full = self.longest(words[-1]) if len(words) == 1 else name
        head = office.lower().strip(".")
        if len(full.split()) > 1:
            self._offices[head][full] = None
            self._in_offices.add(full)
        pronoun = "she" if head.endswith(WOMAN) else "he" if head.endswith(MAN) else ""
        if pronoun:
            self._pronouns.setdefault(words[-1].lower(), pronoun)

    def _describe(self) -> None:
        """Read who has which office, and who is he or she."""
        if self._are_described:
            return
        self._are_described = True
        for match in ROLE_BEHIND.finditer(self._hidden):
            self._see(match[2], match[1])
        for match in ROLE_BEFORE.finditer(self._hidden):
            self._see(match[1], match[2])
        for match in OFFICE_BEFORE.finditer(self._hidden):
            if match[1].lower() in OFFICES:
                self._see(match[1], match[2])
        self._read_pronouns()

    def _read_pronouns(self) -> None:
        """Remember he or she of a sentence that begins with the only name in it and has the pronouns of one."""
        starts = [start for start, _ in self._sentences]
        said: dict[int, set[str]] = defaultdict(set)
        for match in PRONOUNS.finditer(self._hidden):
            said[bisect_right(starts, match.start()) - 1].add(MEANT[match[0]])
        for number in (number for number, pronouns in said.items() if number >= 0 and len(pronouns) == 1):
            start, end = self._sentences[number]
            named = [] if ASKS.search(self._hidden, start, end) else self.named_in(number)
            begins = len(named) == 1 and self._hidden.startswith(tuple(named[0].split()), start)
            if begins and not self.pronoun_of(named[0]):
                self.remember_pronoun(named[0], said[number].pop())

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(CAPITALS.findall(self._hidden))

    def longest(self, word: str) -> str:
        """Return the fullest and most frequent name that a word may stand for, "" where there is none."""
        lower = word.lower()
        known = self.full.get(lower) or self.inner.get(lower)
        if not known:
            return self._single.get(lower, "")
        return max(known, key=self.weight)

    def weight(self, name: str) -> tuple[int, int]:
        """Return by what a name is preferred to another: how often it stands, and how many words it has."""
        return self.times[name], len(name.split())

    def pronoun_of(self, name: str) -> str:
        """Return he or she for a name, "" where nothing tells."""
        self._describe()
        words = name.lower().split()
        return self._pronouns.get(words[-1], "") or first_names().get(words[0], "") if words else ""

    def remember_pronoun(self, name: str, pronoun: str) -> None:
        """Remember he or she of a name of which nothing told it."""
        self._pronouns.setdefault(name.split()[-1].lower(), pronoun)

    def holders(self, office: str) -> Names:
        """Return who has an office."""
        if not self._are_described and office not in self._asked:
            self._asked.add(office)
            if self._may_be_held(office):
                self._describe()
        return self._offices.get(office, {})

    @cached_property
    def _lower(self) -> str:
        return self._hidden.lower()

    def _may_be_held(self, office: str) -> bool:
        """Say whether an office stands anywhere as in "the mayor Ann Lee" or "Ann Lee, the mayor of Port,"."""
        lower = self._lower
        place = lower.find(office)
        while place >= 0:
            if len(lower) != len(self._hidden) or HELD.match(self._hidden, place + len(office)):
                return True
            place = lower.find(office, place + 1)
        return False

    def named_in(self, number: int, before: int | None = None) -> list[str]:
        """Return the people that a sentence names, in order, up to a place in it."""
        start, end = self._sentences[number]
        words = NAMED.findall(self._hidden, start, end if before is None else min(end, start + before))
        return [*dict.fromkeys(filter(None, map(self._meant, words)))]

    def _meant(self, word: str) -> str:
        if word not in self._fullest:
            self._fullest[word] = self.longest(OWNING.sub("", word))
        return self._fullest[word]

    def may_be_person(self, name: str) -> bool:
        """Say whether nothing shows a name to be no person's: that of a place, or of nobody whom the text names."""
        words = name.split()
        described = words[0].lower() in DETERMINERS and words[-1].islower()
        known = (
            described
            or self._single.get(name.lower()) == name
            or (name in self.full.get(words[-1].lower(), {}) and words[0].lower() not in PLACES)
        )
        return known and (bool(self.pronoun_of(name)) or not self._is_placed(name))

    def is_person(self, name: str) -> bool:
        """Say whether anything shows a name to be a person's: he or she, an office, or the surname by itself."""
        self._describe()
        last = name.split()[-1]
        shown = last.islower() or name in self._in_offices or bool(self.pronoun_of(name))
        return shown or self._words[last] > self.times[name]
