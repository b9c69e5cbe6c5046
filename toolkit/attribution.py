"""Attribution: what of one sentence is speech, of which kind, and by which words it is given to whom."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from toolkit.cues import Cues
from toolkit.names import JOINERS
from toolkit.phrases import first_subject
from toolkit.reported import find_told
from toolkit.speech_marks import Marked
from toolkit.terms import Span
from toolkit.tokens import QUOTE, Token, tokens_of
from toolkit.told import Told

LONGEST_SENTENCE = 2_000  # characters in which reported speech is looked for
UTTERANCE = 5  # words that a quotation without a cue or an end of its own has at least
SMALL = JOINERS | frozenset("a an to with from by at vs".split())  # words that titles write small
SCARE = 3  # words at most of what is marked for another reason than being said
LEAST_BESIDE = 3  # words of a reported clause beside a quotation
NEAR = 40  # characters between a cue and a few marked words that it introduces
LABEL = 8  # words between "called" and the marked words with which it labels
ENDS = ".!?,…"
SIGNS = " ,.;:—–\n\t"
OUTSIDE = re.compile(r"\w")  # a word beside what is marked
HEADLINE = re.compile(r"(?P<name>[A-Z][\w'’.& -]{1,40}?)\s?:\s(?P<said>\S.*)", re.DOTALL)


class Stretch(NamedTuple):
    """A stretch of attributed speech: its kind and place, who speaks by which cue, and where that stands."""

    kind: str
    start: int
    end: int
    written: str = ""
    cue: str = ""
    place: int = 0  # of the speaker's words, in the sentence


class By(NamedTuple):
    """Who speaks, as written, by which cue, and where in the sentence the speaker is named."""

    written: str = ""
    cue: str = ""
    place: int = 0


class Before(NamedTuple):
    """What stands before a sentence: where the one before it is, and whether marked words may go on in it."""

    start: int = 0
    end: int = 0
    quoted: bool = False  # something is marked before it in its paragraph
    quoted_before: bool = False  # something is marked in the paragraph before


FIRST = Before()


class Sentence:
    """A sentence: the text it stands in, its place, what is marked in it, and its words with that hidden.

    `cued`: whether it may have a cue.
    """

    def __init__(
        self, text: str, hidden: str, place: Span, marked: list[Marked], cued: bool, before: Before = FIRST
    ) -> None:
        self.text, self.hidden, self.marked, self.cued, self.before = text, hidden, marked, cued, before
        self.start, self.end = place
        self.words = hidden[self.start : self.end]
        self.tokens = tokens_of(self.words) if len(self.words) <= LONGEST_SENTENCE else []  # longer ones are none
        self._starts: list[int] = []  # of the first tokens, as many as were asked for

    def place(self, span: Span) -> Span:
        """Return where in the text the tokens from the first to before the last stand."""
        first, last = span[0], span[1] - 1
        return self.start + self._start_of(first), self.start + self._start_of(last) + len(self.tokens[last].text)

    def _start_of(self, number: int) -> int:
        """Return where a token begins: it is counted from the nearer end, since only white space parts tokens."""
        starts = self._starts
        if number < len(starts):
            return starts[number]
        if number - len(starts) > len(self.tokens) - number:
            place = len(self.words)
            for token in reversed(self.tokens[number:]):
                place = self.words.rindex(token.text, 0, place)
            return place
        place = starts[-1] + len(self.tokens[len(starts) - 1].text) if starts else 0
        for token in self.tokens[len(starts) : number + 1]:
            starts.append(self.words.index(token.text, place))
            place = starts[-1] + len(token.text)
        return starts[number]

    def written(self, span: Span) -> tuple[str, int]:
        """Return what stands at the tokens from the first to before the last, and where in the sentence it begins."""
        start, end = self.place(span)
        return self.text[start:end].rstrip(",;:"), start - self.start

    @cached_property
    def announced(self) -> str:
        """Return whom the sentence before a quotation names: Ann Lee was angry."""
        start, end, *_ = self.before
        sentence = Sentence(self.hidden, self.hidden, (start, min(end, start + LONGEST_SENTENCE)), [], False)
        found = first_subject(sentence.tokens, len(sentence.tokens))
        return self.hidden[slice(*sentence.place(found))] if found else ""

    def goes_on(self, speaker: str) -> bool:
        """Say whether what is marked may be by whoever spoke last."""
        return self.before.quoted or bool(self.before.quoted_before and speaker)


def find_stretches(sentence: Sentence, cues: Cues, last: By, headline: bool = False) -> list[Stretch]:
    """Return what is speech in a sentence, in order; `last`: who spoke last, by name, and by which cue."""
    told = find_told(sentence.tokens, cues, headline) if sentence.cued else []
    if not told and not sentence.marked and not headline:
        return []
    found = [*_given(sentence, told, cues, last)]
    if headline and not told:
        found = [*_by_colon(sentence)] or found
    return sorted((one for one in found if sentence.text[one.start : one.end].strip()), key=lambda one: one.start)


def _given(sentence: Sentence, told: Sequence[Told], cues: Cues, last: By) -> Iterator[Stretch]:
    """Yield the reported clauses of a sentence, and what it has between marks, each given to a cue."""
    left = list(sentence.marked)
    outside = bool(left and OUTSIDE.search(sentence.words))
    spoken = [(one, _by(sentence, one)) for one in told if one.speaker]
    for one, by in spoken:
        for clause in one.clauses:
            if clause[0] < clause[1]:
                yield from _clause(sentence, clause, left, by, cues)
    for one in left:
        if not spoken:
            yield from _loose(sentence, one, last, outside)
            continue
        cue, by = min(spoken, key=lambda pair: _distance(sentence, pair[0].place, one))
        near = _distance(sentence, cue.place, one) <= NEAR
        content = sentence.text[one.start : one.end]
        if (near or not _is_scare(content)) and not is_title(content):
            yield Stretch("direct", one.start, one.end, *by)


def _by(sentence: Sentence, one: Told) -> By:
    written, place = sentence.written(one.speaker)
    return By(written, one.cue, place)


def _distance(sentence: Sentence, cue: int, one: Marked) -> int:
    start, end = sentence.place((cue, cue + 1))
    return max(one.start - end, start - one.end, 0)


def _is_scare(content: str) -> bool:
    return content[-1] not in ENDS and len(content.split()) <= SCARE


def is_title(content: str) -> bool:
    """Say whether what stands between marks is a name or a title: some words with capitals, and no end."""
    words = [stripped for word in content.split() if (stripped := word.strip(".,:;'’"))]
    shouted = content.isupper() and len(words) > SCARE
    if shouted or not 1 < len(words) < 8 or sum(word[0].isupper() for word in words) < 2:
        return False
    capitals = all(word[:1].isupper() or word[:1].isdigit() or word in SMALL for word in words)
    capitals = capitals and words[0][:1].isupper() and not any(re.match(r"I(?:['’]|$)", word) for word in words)
    return capitals and content[-1] not in "!?"


def _clause(sentence: Sentence, clause: Span, left: list[Marked], by: By, cues: Cues) -> Iterator[Stretch]:
    """Yield a reported clause as one stretch, but what is all marked, or stands apart in it, as direct speech."""
    first, last = sentence.place(clause)
    within = [one for one in left if first <= one.start and one.end <= last]
    for one in within:
        left.remove(one)
    tokens = sentence.tokens[slice(*clause)] if within else []
    if within and not any(token.text[0].isalnum() and token.lower not in ("and", "but") for token in tokens):
        yield from (Stretch("direct", one.start, one.end, *by) for one in within)
        return
    if within and by.cue in cues.label and _is_label(tokens):
        yield Stretch("mixed", within[0].start, within[-1].end, *by)
        return
    apart = [one for one in within if _stands_apart(one, first, sentence.text)]
    if apart:
        yield from (Stretch("direct", one.start, one.end, *by) for one in apart)
        edge = min(one.first for one in apart)
        # Words stand before a quotation, or behind it.
        first, last = (first, edge) if edge > first else (max(one.last for one in apart), last)
    first, last = _without_signs(sentence.text, first, last)
    opened = sentence.hidden[first : first + 1] == '"' and not sentence.text[first + 1 : first + 2].isspace()
    if opened and last - first > 3 and first not in (one.first for one in sentence.marked):  # opened, never closed
        yield Stretch("direct", first + 1, last, *by)
        return
    if apart and len(sentence.text[first:last].split()) < LEAST_BESIDE:  # urged voters, "Come."
        return
    if last - first > 2:
        mixed = any(first <= one.start and one.end <= last + 1 for one in within if one not in apart)
        yield Stretch("mixed" if mixed else "indirect", first, last, *by)


def _is_label(tokens: Sequence[Token]) -> bool:
    """Say whether a clause ends with the marked words that label something: called the plan "a ruin"."""
    words = [token for token in tokens if token.text[0].isalnum() or token.lower == QUOTE]
    place = next(at for at, token in enumerate(words) if token.lower == QUOTE)
    return place <= LABEL and all(token.lower in (QUOTE, "and", "or") for token in words[place:])


def _without_signs(text: str, first: int, last: int) -> Span:
    while last > first and text[last - 1] in SIGNS:
        last -= 1
    while first < last and text[first] in SIGNS:
        first += 1
    return first, last


def _stands_apart(one: Marked, first: int, text: str) -> bool:
    """Say whether marked words are an utterance beside a reported clause and no part of it."""
    content = text[one.start : one.end]
    before = text[max(first, one.first - 20) : one.first].rstrip()
    begins = content[:1].isupper() or content[:1] in "[…"
    long = len(content.split()) >= UTTERANCE
    return begins and long and content[-1] in ENDS and before[-1:] in ("", ":", ".", ",", "—")


def _loose(sentence: Sentence, one: Marked, last: By, outside: bool) -> Iterator[Stretch]:
    """Yield what is marked in a sentence without a cue, if it reads as said, given to who is named or spoke last."""
    content = sentence.text[one.start : one.end]
    words = len(content.split())
    if outside and (words < UTTERANCE or is_title(content) or not one.closed):
        return
    if not outside and words < 2 and not sentence.before.quoted and not sentence.before.quoted_before:
        return
    if outside and (named := first_subject(sentence.tokens, len(sentence.tokens))):
        written, place = sentence.written(named)
        yield Stretch("direct", one.start, one.end, written, "", place)
    elif sentence.goes_on(last.written):
        yield Stretch("direct", one.start, one.end, "", last.cue)
    else:  # one that goes on in the next paragraph waits for who is named there
        yield Stretch("direct", one.start, one.end, sentence.announced if one.closed else "")


def _by_colon(sentence: Sentence) -> Iterator[Stretch]:
    """Yield what a headline gives to the name before a colon: Mayor: bridge is safe."""
    match = HEADLINE.fullmatch(sentence.words)
    if match is None or QUOTE in match["name"] or len(match["name"].split()) > 4:
        return
    by = By(match["name"].strip(), ":", match.start("name"))
    first, last = sentence.start + match.start("said"), sentence.end
    within = [one for one in sentence.marked if one.start > first]
    if len(within) == 1 and within[0].first == first and within[0].last >= last:
        yield Stretch("direct", within[0].start, within[0].end, *by)
    else:
        yield Stretch("mixed" if within else "indirect", *_without_signs(sentence.text, first, last), *by)
