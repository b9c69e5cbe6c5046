"""Names: the aliases of known actors in a sentence, and the words that are, by their capitals, part of a name."""

import re
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from toolkit.spellings import fold, plain, spellings_of
from toolkit.sweep import find_in_each
from toolkit.terms import WORD, Match, Span, index_of, longest_first
from toolkit.ways import ways_of_naming

TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof professor sir lady lord dame president chancellor premier minister secretary
    ambassador senator sen representative rep congressman congresswoman governor gov general gen colonel col
    captain capt major maj admiral adm king queen prince princess pope cardinal archbishop bishop rev judge
    justice inspector sergeant sgt lieutenant lt commissioner spokesman spokeswoman spokesperson chairman
    chairwoman chief director deputy leader mayor speaker candidate nominee chair envoy commander
    """.split()
)
JOINERS = frozenset(
    """
    of the for and de la del di du von van der den al el bin & on in
    """.split()
)
CALENDAR = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
    """.split()
)
# Words that open sentences and are no part of the name after them.
OPENERS = CALENDAR | frozenset(
    """
    a an the this that these those it he she they we you i there here his her their its our my your one some
    many most all both each every no not but and so yet or nor however although though while when where as
    after before since until if unless in on at by for from with without to of under over during despite
    because what who why how which whose is are was were do does did can will would could should may might
    must has have had meanwhile earlier later then now still also even only instead moreover nevertheless last
    next among between against through into about according said yesterday today tonight tomorrow
    once like unlike
    """.split()
)
# Words that a headline in title case writes with a capital.
VERBS = frozenset("said is are was were do does did can will would could should may might must has have had".split())
NOT_CONTENT = OPENERS | JOINERS
WITHIN = re.compile(r"[ \u00a0]*[-–&'’.][ \u00a0]*|\.?[ \u00a0]+|['’]s[ \u00a0]+")
DEMONYM = re.compile(r"(?:[a-z]{2,}(?:ian|ean|can|ish|ese)s?|Democrats?|Republicans?)$", re.IGNORECASE)
OPENING_MARKS = "\"“„«‘'()[]:—–.!?…"
TITLE_CASE = 0.9
REACH = 20  # characters before a word that are looked at
ACRONYM = 3  # letters: US, WHO, EU in lower case are other words


class Aliases:
    """The aliases of a registry, asked sentence by sentence.

    Accents and the full stops of acronyms make no difference: Erdogan finds Erdoğan, US finds U.S., and the reverse.
    """

    def __init__(self, actors: pd.DataFrame, how: Iterable[str] = ("alias",)) -> None:
        ways = [way for way in ways_of_naming(actors) if way.how in {*how, "exclude"}]
        self.entries = [way._replace(string=string) for way in ways for string in spellings_of(way.string)]
        self.terms = index_of(tuple(plain(entry.string) for entry in self.entries))

    def find(self, sentence: str) -> list[Match]:
        """Return (number in `entries`, start, end), the longest of overlapping matches, exclusions taken out."""
        text, places = fold(sentence)
        return self.named_by(self.terms.find(text), text, places)

    def named_by(self, matches: list[Match], text: str, places: list[int] | None) -> list[Match]:
        """Return which of the matches in a folded sentence name somebody, and where these stood in it."""
        cased = [match for match in matches if self._has_case(match, text)]
        if not cased:
            return []
        excluded: dict[str, list[Match]] = {}
        for match in cased:
            if self.entries[match[0]].how == "exclude":
                excluded.setdefault(self.entries[match[0]].actor_id, []).append(match)
        # An exclusion concerns its own actor alone: the same words may name another.
        found = longest_first(match for match in cased if not self._is_excluded(match, excluded))
        return found if places is None else [(number, places[start], places[end]) for number, start, end in found]

    def _has_case(self, match: Match, sentence: str) -> bool:
        entry, surface = self.entries[match[0]], sentence[match[1] : match[2]]
        return has_case_of(entry.string, surface, entry.how)

    def _is_excluded(self, match: Match, excluded: dict[str, list[Match]]) -> bool:
        number, start, end = match
        entry = self.entries[number]
        within = excluded.get(entry.actor_id, ())
        return entry.how == "exclude" or any(first <= start and end <= last for _, first, last in within)


def find_named(sentences: Sequence[str], *registries: Aliases) -> Iterator[tuple[int, list[list[Match]]]]:
    """Yield each sentence in which a registry may have somebody, by its number, and for each what `find` returns."""
    plain_of = [fold(sentence) for sentence in sentences]
    indexes = (registry.terms for registry in registries)
    for number, found in find_in_each([text for text, _ in plain_of], *indexes):
        named = zip(registries, found, strict=True)
        yield number, [registry.named_by(matches, *plain_of[number]) for registry, matches in named]


def has_case_of(alias: str, surface: str, how: str = "alias") -> bool:
    """Say whether `surface` is written as a name may be: US never as us, Georgia never as georgia, Nato for NATO.

    The first word with a capital must have one, of a role any ("foreign minister of Austria"); of an exclusion every
    word has the case it is given in: "Russia today" is not "Russia Today".
    """
    letters = [character for character in alias if character.isalpha()]
    if letters and len(letters) <= ACRONYM and all(map(str.isupper, letters)):
        return [character for character in surface if character.isalpha()] == letters
    pairs = list(zip(WORD.findall(alias), WORD.findall(surface), strict=False))
    if how == "exclude":
        return all(one[0].isupper() == other[0].isupper() for one, other in pairs[1:]) and _begins_alike(*pairs[0])
    capitals = [other[0].isupper() for one, other in pairs if one[0].isupper()]
    if how == "role":
        return any(capitals) or not capitals
    return all(capitals[:1]) and not any(one.isupper() and other.islower() for one, other in pairs)


def _begins_alike(one: str, other: str) -> bool:
    return not one[0].isupper() or other[0].isupper()


def name_spans(sentence: str, headline: bool = False) -> list[Span]:
    """Return the (start, end) of runs of capitalised words that read as names.

    A single word that opens a sentence or a quotation is not a name by its capital alone, and in a headline in title
    case capitals are no evidence at all, so nothing is returned for it.
    """
    words = [word for word in WORD.finditer(sentence) if word.group() not in ("s", "t")]
    if in_title_case([*map(re.Match.group, words)], least=3 if headline else 5):
        return []
    runs: list[list[re.Match]] = []
    run: list[re.Match] = []
    for number, word in enumerate(words):
        capital = is_capital(word)
        if not run and not capital:
            continue
        if run and not (
            (capital or _joins_capitals(sentence, words, number))
            and WITHIN.fullmatch(sentence, run[-1].end(), word.start())
        ):
            run = []
        if capital or run:
            run.append(word)
            if len(run) == 1:
                runs.append(run)
    spans = (_span_of(run, sentence) for run in runs)
    return [span for span in spans if span]


def is_capital(word: re.Match) -> bool:
    """Say whether a word begins with a capital."""
    return word.group()[0].isupper()


def opens(sentence: str, place: int) -> bool:
    """Say whether a word at `place` begins the sentence, a quotation, or what follows a colon."""
    before = sentence[max(0, place - REACH) : place].rstrip()
    return (not before and place <= REACH) or before[-1:] in OPENING_MARKS


def _joins_capitals(sentence: str, words: list[re.Match], number: int) -> bool:
    """Say whether the word at `number` only joins capitals: Bank of England, Ministry of the Interior."""
    pairs = zip(words[number : number + 2], words[number + 1 : number + 3], strict=False)
    for before, after in pairs:
        if before.group() not in JOINERS or sentence[before.end() : after.start()].strip(" \u00a0"):
            return False
        if is_capital(after):
            return True
    return False


def _span_of(run: list[re.Match], sentence: str) -> Span | None:
    while run and run[0].group().lower() in OPENERS:
        run = run[1:]
    while len(run) > 2 and run[-1].group().lower() in OPENERS and run[-2].group() in JOINERS:  # Russia on Friday
        run = run[:-2]
    if not run:
        return None
    if opens(sentence, run[0].start()):
        if len(run) > 1 and DEMONYM.match(run[1].group()):  # "Brave Ukrainian soldiers": Brave is no name
            run = run[1:]
        elif len(run) == 1 and run[0].group().lower() not in TITLES:
            return None
    return run[0].start(), run[-1].end()


def in_title_case(words: list[str], least: int) -> bool:
    """Say whether nearly all of at least so many telling words have capitals, so that those say nothing."""
    if not VERBS.isdisjoint(words):
        return False
    content = capitals = 0
    for word in words:
        if word[0].isalpha() and word.lower() not in NOT_CONTENT:
            content, capitals = content + 1, capitals + word[0].isupper()
            if content - capitals > (1 - TITLE_CASE) * len(words) + 1:
                return False  # whatever follows
    return content >= least and capitals / content >= TITLE_CASE
