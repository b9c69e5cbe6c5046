"""Speakers: who is meant by the words with which a text names who speaks: a surname, an office, "he"."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

from toolkit.books import Book
from toolkit.names import OPENERS, TITLES
from toolkit.paths import DATA
from toolkit.phrases import DETERMINERS, PREPOSITIONS, SUBJECTS
from toolkit.terms import Span

HEAD = {"name", "version", "licence", "note"}
OFFICES = TITLES | frozenset(
    """
    ceo cfo coo cto mp mep msp td mla qc kc pm md detective constable superintendent sheriff attorney officer marshal
    coach manager vice undersecretary comptroller treasurer councillor councilman councilwoman alderman rabbi imam
    sheikh father sister brother bishop pastor trooper head striker footballer goalkeeper midfielder defender winger
    actor actress singer writer author dancer driver teacher farmer boxer swimmer runner cyclist lawyer banker trader
    adviser campaigner rider postman fisherman businessman businesswoman policeman analyst economist scientist activist
    journalist reporter editor boss owner founder pensioner student nurse doctor
    """.split()
)
BODIES = frozenset(
    """
    party agency ministry department council commission committee union university bank company corporation group news
    times post court board association federation police service office institute foundation council league club house
    senate parliament congress assembly states kingdom republic organization organisation trust fund network media
    press journal tribune herald center centre authority alliance hospital school society inc corp ltd act treaty policy
    street city county state government administration army force forces airlines airways international ltd plc gmbh
    games cup
    """.split()
)
PLACES = frozenset(
    """
    north south east west northern southern eastern western new united great los las san santa saint st puerto saudi
    mount lake fort cape
    """.split()
)
NAME = (
    r"[A-Z][\w\u0300-\u036f'’-]+(?:\s(?:[A-Z]\.\s)?"
    r"(?:(?:de|del|van|von|der|den|da|di|al|el|bin|la|le)\s)*[A-Z][\w\u0300-\u036f'’-]+){1,3}"
)
RUN = re.compile(
    r"[A-Z](?:[\w\u0300-\u036f'’&-]*[\w\u0300-\u036f]|\.)?(?:(?<=Mr|Ms|Dr|St)\.|(?<=Mrs|Gen|Sen|Rep|Gov|Col|Sgt)\.|(?<=Prof|Capt)\.)?"
    r"(?:\s(?:(?:of|for|the|and|&|de|del|van|von|der|den|da|di|al|el|bin|la|le)\s){0,2}[A-Z](?:[\w\u0300-\u036f'’&-]*[\w\u0300-\u036f]|\.)?)*"
)
ROLE_BEHIND = re.compile(
    rf"({NAME}),\s(?:\d+,\s)?(?!who\b|which\b|whose\b|and\b|but\b)(?:(?:the|a|an|its|his|her|their|\w+['’]s)\s)?"
    rf"(?:[\w'’-]+\s){{0,4}}?((?:prime\s)?[a-z-]+)"
    r"(?=\s(?:of|for|at|in|who|and|from|with)\s|,|\.|$)"
)
ROLE_BEFORE = re.compile(
    rf"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|['’]s)\s(?:[\w'’-]+\s){{0,4}}?((?:prime\s)?[a-z-]+),?\s({NAME})"
)
OFFICE_BEFORE = re.compile(rf"([A-Za-z-]+)\s({NAME})")
PLACED = re.compile(r"\b(?:[Tt]he|[Ii]n|[Nn]ear|[Aa]cross|[Tt]hroughout|[Ii]nside|[Oo]utside)\s$")
PLACED_REACH = 12  # characters
ACRONYM = re.compile(r"((?:[A-Z][\w'’&-]+\s(?:(?:of|for|the|and|on)\s)*)+[A-Z][\w'’-]+)\s\((?:the\s)?([A-Z]{2,7})\)")
# Titles behind which a single word is a person's name, and those that are part of it: Prince Carl.
ROYAL = frozenset("king queen prince princess pope emperor empress sultan emir saint".split())
NAMED_BY = ROYAL | frozenset(
    """
    mr mrs ms miss mx dr prof professor sir lady lord dame president chancellor premier minister senator sen rep
    congressman congresswoman governor gov gen colonel col captain capt maj admiral adm cardinal archbishop bishop rev
    judge inspector sergeant sgt lieutenant lt mayor sheriff detective constable superintendent spokesman spokeswoman
    """.split()
)
COMPOUNDS = ("prime", "vice", "deputy", "assistant")
WOMAN, MAN = (
    re.compile(r"(?:woman|women|actress|mother|sister|wife|widow|queen|girl|duchess|princess|ms|mrs|miss|lady)$"),
    re.compile(r"(?:(?<!wo)man|father|brother|husband|king|boy|duke|prince|mr|sir|lord)$"),
)
CAPITALS = re.compile(r"[A-Z][\w-]*\w")
PARTED = re.compile(r"\s+(?:and|&|for|in|on|of|at)\s+|['’]s\s+")
PRONOUNS = re.compile(r"\b(he|his|him|she|her)\b")
ASKS = re.compile(r"\b(?:said|says|told|tells|asked|asks|urged|by)\b")
MEANT = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she"}
BACK = 6  # sentences in which who is meant by a pronoun is looked for


Names = dict[str, None]  # in the order in which a text has them


@cache
def first_names() -> dict[str, str]:
    """Return the first names of data/first_names.yml in lower case, each with the pronoun that goes back to it."""
    book = Book(DATA / "first_names.yml", HEAD | {"she", "he"})
    return {name.lower(): pronoun for pronoun in ("she", "he") for name in book.strings(book.content, pronoun)}


class Cast:
    """The people and bodies that an article names, to know again who "Lee", "the mayor" or "he" is."""

    def __init__(self, hidden: str, sentences: Sequence[Span]) -> None:
        self._full: dict[str, Names] = defaultdict(dict)  # by last word, or acronym
        self._inner: dict[str, Names] = defaultdict(dict)  # by a word in the middle
        self._bearers: dict[str, Names] = defaultdict(dict)  # by any word but the last
        self._times: Counter[str] = Counter()
        self._words: Counter[str] = Counter()
        self._offices: dict[str, Names] = defaultdict(dict)
        self._in_offices: set[str] = set()
        self._pronouns: dict[str, str] = {}
        self._hidden, self._sentences = hidden, sentences
        self._placed: set[str] = set()  # the Cabinet Room, in Central Park
        self._single: dict[str, str] = {}  # who is named by title and surname alone: President Trump
        self._titled: dict[str, Names] = defaultdict(dict)  # by a title directly before the name
        self._spoke: dict[int, str] = {}  # by sentence
        self._turns: dict[str, int] = {}  # by name, when last heard
        self._turn = 0
        self._latest = ""
        self._is_read = False

    def _read(self) -> None:
        """Read who is named in the whole text, once somebody is asked for."""
        for start, end in self._sentences:
            for match in RUN.finditer(self._hidden, start, end):
                self._add(match[0])
                if PLACED.search(self._hidden, max(start, match.start() - PLACED_REACH), match.start()):
                    self._placed.add(" ".join(match[0].split()))
        self._words.update(CAPITALS.findall(self._hidden))
        self._read_offices(self._hidden)
        self._read_pronouns()
        self._is_read = True

    def _add(self, name: str) -> None:
        for part in PARTED.split(" ".join(name.split())):
            words = re.sub(r"['’]s?$", "", part).split()
            while words and words[0].lower() in OPENERS:
                words = words[1:]
            office = _last_office(words)
            if office >= 0 and office + 1 < len(words):
                words = self._without_title(words, office)
            words = _from_first_name(words)
            if 1 < len(words) <= 4 and words[-1].lower() not in BODIES and words[-1].lower() not in OFFICES:
                self._full[words[-1].lower()][" ".join(words)] = None
                self._times[" ".join(words)] += 1
                for word in words[:-1]:
                    self._bearers[word][" ".join(words)] = None
                for word in words[1:-1] if words[0].lower() in first_names() else ():
                    self._inner[word.lower()][" ".join(words)] = None

    def _without_title(self, words: list[str], office: int) -> list[str]:
        """Return a name without the titles before it, and remember who has them; those of royals are part of it."""
        title, name = words[office].lower().strip("."), words[office + 1 :]
        compound = office and words[office - 1].lower() in COMPOUNDS
        head = f"{words[office - 1].lower()} {title}" if compound else title
        self._see(head, " ".join(name))
        self._titled[head][name[-1]] = None
        if len(name) == 1 and title in NAMED_BY and name[0].lower() not in BODIES:
            if title in ROYAL:
                return words[office:]
            self._single.setdefault(name[0].lower(), name[0])
        return name

    def _read_offices(self, hidden: str) -> None:
        for match in ROLE_BEHIND.finditer(hidden):
            self._see(match[2], match[1])
        for match in ROLE_BEFORE.finditer(hidden):
            self._see(match[1], match[2])
        for match in OFFICE_BEFORE.finditer(hidden):
            if match[1].lower() in OFFICES:
                self._see(match[1], match[2])
        for match in ACRONYM.finditer(hidden):
            if "".join(word[0] for word in match[1].split() if word[0].isupper()).endswith(match[2]):
                self._full[match[2].lower()][match[1]] = None

    def _read_pronouns(self) -> None:
        """Remember he or she of a sentence that begins with the only name in it and has the pronouns of one."""
        for number, (start, end) in enumerate(self._sentences):
            said = {MEANT[word] for word in PRONOUNS.findall(self._hidden[start:end])}
            asks = ASKS.search(self._hidden[start:end])
            named = self._people_of(number, None) if len(said) == 1 and not asks else []
            begins = named and self._hidden.startswith(tuple(named[0].split()), start)
            if begins and len(named) == 1 and not self.pronoun_of(named[0]):
                self._pronouns[named[0].split()[-1].lower()] = said.pop()

    def _see(self, office: str, name: str) -> None:
        """Remember that a name has an office, and what a title or office tells of he or she."""
        words = name.split()
        full = self._longest(words[-1]) if len(words) == 1 else name
        head = office.lower().strip(".")
        if len(full.split()) > 1:
            self._offices[head][full] = None
            self._in_offices.add(full)
        pronoun = "she" if WOMAN.search(head) else "he" if MAN.search(head) else ""
        if pronoun:
            self._pronouns.setdefault(words[-1].lower(), pronoun)

    def _longest(self, word: str) -> str:
        known = self._full.get(word.lower()) or self._inner.get(word.lower()) or [self._single.get(word.lower(), "")]
        return max(known, key=lambda name: (self._times[name], len(name.split())))

    def pronoun_of(self, name: str) -> str:
        """Return he or she for a name, "" where nothing tells."""
        words = name.lower().split()
        return self._pronouns.get(words[-1], "") or first_names().get(words[0], "") if words else ""

    def resolve(self, written: str, sentence: int, before: int) -> str:
        """Return the fullest name of who is written so in a sentence (by number, up to a place), and remember it."""
        if not self._is_read:
            self._read()
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
        words = re.sub(r"['’]s$|\s(?:himself|herself|itself|themselves)$", "", written).split()
        if not words:
            return written
        run, least = len(words), int(words[0].lower() in DETERMINERS)
        while run > least and (
            words[run - 1][:1].isupper()
            or (run < len(words) and words[run - 1] in ("de", "van", "von", "al", "bin", "der", "del", "da"))
        ):
            run -= 1
        name = words[run:]
        office = _last_office(name)
        name = name[office + 1 :] if office + 1 < len(name) else name
        if leading := self._leading_name(words):
            return leading
        if not name:
            return self._in_office(written)
        whole, name = name, _from_first_name(name)
        # A source in the Port Board, critics of Ann Lee; but the mayor of Paris Ann Lee.
        attached = office < 0 and name == whole and any(word.lower() in PREPOSITIONS for word in words[:run])
        if "and" in words or "&" in words or attached:
            return written
        full = self._full.get(name[-1].lower().strip("."), {})
        full = full or (self._inner.get(name[-1].lower(), {}) if len(name) == 1 else {})
        said = " ".join(name)
        if said in full:
            return said
        fitting = [one for one in full if len(name) == 1 or one.lower().startswith(name[0].lower())]
        if fitting:
            heard = [one for one in fitting if one in self._turns]
            latest = max(heard, key=self._turns.__getitem__, default="")
            return latest or max(fitting, key=lambda one: (self._times[one], len(one.split())))
        if len(name) == 1 and office < 0 and (bearer := self._by_first_name(name[0])):
            return bearer
        if run and words[0].lower() in DETERMINERS and office < 0 and name[0].lower() not in first_names():
            return written.removeprefix("the ").removeprefix("The ") if words[1][:1].isupper() else written
        return said

    def _leading_name(self, words: list[str]) -> str:
        """Return the name of "Ann Lee of the Port Board"."""
        run = next((at for at, word in enumerate(words) if not word[:1].isupper()), 0)
        name = " ".join(_from_first_name(words[:run]))
        known = name in self._full.get(words[run - 1].lower(), {}) if run > 1 else False
        return name if known and words[run].lower() in PREPOSITIONS and words[run - 1].lower() not in BODIES else ""

    def _by_first_name(self, word: str) -> str:
        bearers = self._bearers.get(word, {})
        bearer = next(iter(bearers), "") if len(bearers) == 1 and word.lower() not in PLACES else ""
        return bearer if bearer and self._may_be_person(bearer) else ""

    def _holder(self, office: str) -> str:
        """Return who of the article is what a headline calls Mayor, if one person is."""
        words = office.split()
        holders = self._offices.get(office) or (words and "prime" not in words and self._offices.get(words[-1])) or {}
        return next(iter(holders)) if len(holders) == 1 else ""

    def _in_office(self, written: str) -> str:
        """Return who is "the mayor", if one person of the article has that office, else what is written."""
        words = written.lower().split()
        head = next((at for at, word in enumerate(words) if word in PREPOSITIONS), len(words)) - 1
        if words[0] != "the" or head < 1:
            return written
        first = head - (words[head - 1] in COMPOUNDS)
        office = " ".join(words[first : head + 1])
        holders = self._offices.get(office, {})
        titled = self._titled.get(office, {}) if len(holders) != 1 and first == 1 else {}  # not the local mayor
        holders = [self._longest(name) for name in titled] if titled else holders
        return next(iter(holders)) if len(holders) == 1 else written

    def _meant_by(self, pronoun: str, sentence: int, before: int) -> str:
        """Return whom a pronoun goes back to: who spoke last or is named first in the sentences before."""
        if pronoun in ("i", "we", "you"):
            return pronoun.upper() if pronoun == "i" else pronoun.capitalize()
        if pronoun not in MEANT:
            return "" if self.pronoun_of(self._latest) else self._latest
        wanted = MEANT[pronoun]
        named = [
            name
            for number in range(sentence, max(-1, sentence - BACK), -1)
            for name in (self._spoke.get(number, ""), *self._people_of(number, before if number == sentence else None))
            if name and self.pronoun_of(name) in ("", wanted) and self._may_be_person(name)
        ]
        meant = next(filter(self._is_person, named), named[0] if named else "")
        if meant:
            self._pronouns.setdefault(meant.split()[-1].lower(), wanted)
        return meant

    def _may_be_person(self, name: str) -> bool:
        words = name.split()
        if name in self._placed and not self.pronoun_of(name):
            return False
        described = words[0].lower() in DETERMINERS and words[-1].islower()
        return (
            described
            or self._single.get(name.lower()) == name
            or (name in self._full.get(words[-1].lower(), {}) and words[0].lower() not in PLACES)
        )

    def _is_person(self, name: str) -> bool:
        """Say whether anything shows a name to be a person's: he or she, an office, or the surname by itself."""
        words = name.split()
        alone = self._words[words[-1]] > self._times[name]
        spoke = name in self._turns and words[-1].lower() not in BODIES
        return words[-1].islower() or alone or name in self._in_offices or spoke or bool(self.pronoun_of(name))

    def _people_of(self, number: int, before: int | None) -> list[str]:
        """Return the people a sentence names, in order."""
        start, end = self._sentences[number]
        text = self._hidden[start : end if before is None else start + before]
        named = (self._longest(re.sub(r"['’]s$", "", word)) for word in re.findall(r"[A-Z][\w’'-]*\w", text))
        return [*dict.fromkeys(filter(None, named))]


def _last_office(words: Sequence[str]) -> int:
    """Return where the last office or title of a name stands, -1 where it has none."""
    return max((at for at, word in enumerate(words) if word.strip(".").lower() in OFFICES), default=-1)


def _from_first_name(words: list[str]) -> list[str]:
    """Return a name from the first name on that it holds, if any: State Mike Pole is Mike Pole."""
    first = next((at for at, word in enumerate(words[:-1]) if word.lower() in first_names()), 0)
    return words[first:]
