"""Quotes: who says what, in quotation marks and in reported speech.

By rules: quotation marks (`speech_marks`), cues of speech (data/cues.yml), the subject of the cue (`phrases`), the
clause that it introduces (`reported`), and who is meant by "he" or "the mayor" (`speakers`). Some 70 % of the speech
that news attributes to somebody is indirect, so that marks alone would miss most of it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from toolkit.cues import Cues, load_cues
from toolkit.names import Aliases
from toolkit.phrases import QUOTE, SUBJECTS, Token, first_subject, tokens_of
from toolkit.progress import progress
from toolkit.reported import Told, find_told
from toolkit.sentences import STRAIGHT, paragraph_spans, split_sentences, split_spans
from toolkit.speakers import Cast
from toolkit.speech_marks import Marked, find_marked
from toolkit.tables import QUOTES, as_table, require, texts_of
from toolkit.terms import Span

LONGEST_SENTENCE = 2_000  # characters in which reported speech is looked for
UTTERANCE = 5  # words that a quotation without a cue or an end of its own has at least
SCARE = 3  # words at most of what is marked for another reason than being said
NEAR = 40  # characters between a cue and a few marked words that it introduces
ENDS = ".!?,…"


class Stretch(NamedTuple):
    """A stretch of attributed speech: its kind and place, who speaks by which cue, and where that stands."""

    kind: str
    start: int
    end: int
    written: str
    cue: str
    place: int  # of the speaker's words, in the sentence


def find_quotes(articles: pd.DataFrame, actors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find who says what, one row per stretch of attributed speech.

    Columns: article_id, sentence_id (where it begins), kind (direct, indirect; mixed: reported, with words in quotation
    marks), speaker (the fullest name the article has for them, what stands there where it has none, "" where nobody is
    named), as_written, actor_id (of `actors`, if given), cue, leaning (of the cue: neutral, claim, insist, admit, warn,
    deny), content (without the marks), start, end (offsets into the text). An interrupted quote is two rows, one that
    goes on in the next paragraph a row for each. `articles` needs article_id and text alone.
    """
    require(articles, ["article_id", "text"], source="articles")
    cues, aliases = load_cues(), None if actors is None else Aliases(actors, how=("alias", "surname"))
    sentences = split_sentences(articles)
    places = dict(iter(sentences[sentences["part"] != "title"].groupby("article_id")))
    rows: list[tuple] = []
    texts = zip(texts_of(articles, "article_id"), texts_of(articles, "text"), strict=True)
    for article_id, text in progress(texts, "quotes", total=len(articles)):
        if article_id in places:
            own = places[article_id]
            reading = _Reading(text, cues)
            for stretch, speaker in reading.stretches():
                number = max(0, bisect_right(own["start"].to_numpy(), stretch.start) - 1)
                actor = _actor_of(speaker, stretch.written, aliases)
                leaning = cues.leaning_of(stretch.cue)
                content = text[stretch.start : stretch.end]
                rows.append(
                    (
                        article_id,
                        int(own["sentence_id"].iat[number]),
                        stretch.kind,
                        speaker,
                        stretch.written,
                        actor,
                        stretch.cue,
                        leaning,
                        content,
                        stretch.start,
                        stretch.end,
                    )
                )
    return as_table(rows, QUOTES)


def _actor_of(speaker: str, written: str, aliases: Aliases | None) -> str:
    """Return the actor of a registry that a speaker is: the name as resolved, else the last one in what is written."""
    if aliases is None:
        return ""
    for name in (speaker, written) if written.lower() not in SUBJECTS else (speaker,):
        if found := aliases.find(name):
            return aliases.entries[found[-1][0]][0]
    return ""


class _Reading:
    """One text, read sentence by sentence."""

    def __init__(self, text: str, cues: Cues) -> None:
        self.text, self.cues = text, cues
        self.marked = find_marked(text)
        self.hidden = hide(text, self.marked)
        self.paragraphs = [
            [(first + start, first + end) for start, end in split_spans(self.hidden[first:last])]
            for first, last in paragraph_spans(self.hidden)
        ]
        self.said = _any_of(cues)

    def stretches(self) -> Iterator[tuple[Stretch, str]]:
        """Yield each stretch of speech with the name of its speaker."""
        sentences = [span for paragraph in self.paragraphs for span in paragraph]
        cast = Cast(self.text, self.hidden, sentences)
        number, before = 0, _Before()
        for paragraph in self.paragraphs:
            before.begin_paragraph()
            for start, end in paragraph:
                inside = [one for one in self.marked if start <= one.start and one.end <= end + 1]
                for stretch in self._of_sentence(start, end, inside, before):
                    speaker = (
                        cast.resolve(stretch.written, number, stretch.place) if stretch.written else before.speaker
                    )
                    before.speaker, before.cue = speaker, stretch.cue
                    yield stretch, speaker
                before.end_sentence(self.hidden[start:end], bool(inside))
                number += 1

    def _of_sentence(self, start: int, end: int, inside: list[Marked], before: "_Before") -> Iterator[Stretch]:
        sentence = self.hidden[start:end]
        told: list[Told] = []
        tokens: list[Token] = []
        if end - start <= LONGEST_SENTENCE and (inside or self.said.search(sentence)):
            tokens = tokens_of(sentence)
            told = find_told(tokens, self.cues)
        yield from sorted(
            _attribute(tokens, told, sentence, start, inside, before, self.text), key=lambda one: one.start
        )


class _Before:
    """What the sentences before leave open: who spoke last, and whether a quotation may go on."""

    def __init__(self) -> None:
        self.speaker = self.cue = ""
        self.quoted = self.quoted_before = False
        self.announced = ""  # who is named by a sentence that ends in a colon, or that precedes a quotation

    def begin_paragraph(self) -> None:
        self.quoted_before, self.quoted = self.quoted, False

    def end_sentence(self, sentence: str, quoted: bool) -> None:
        self.quoted = self.quoted or quoted
        self.announced = sentence


def _any_of(cues: Cues) -> re.Pattern[str]:
    words = sorted([*cues.verbs, *cues.phrases], key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def hide(text: str, marked: Sequence[Marked]) -> str:
    """Return the text with what stands between marks blotted out, except for a sign that ends it; as long as before."""
    pieces, place = [], 0
    for one in marked:
        kept = text[one.end - 1] if text[one.end - 1] in ENDS else QUOTE
        pieces += [text[place : one.first], '"', QUOTE * (one.end - one.first - 2), kept]
        if one.closed:
            pieces += [QUOTE * (one.last - one.end - 1), '"']
        place = one.last
    return "".join([*pieces, text[place:]]).translate(STRAIGHT)


def _attribute(
    tokens: Sequence[Token],
    told: Sequence[Told],
    sentence: str,
    start: int,
    inside: Sequence[Marked],
    before: _Before,
    text: str,
) -> Iterator[Stretch]:
    """Yield the reported clauses of a sentence, and what it has between marks, each given to a cue."""
    left = list(inside)
    for one in told:
        written, place = _written(tokens, one.speaker, text, start)
        for first, last in (clause for clause in one.clauses if clause[0] < clause[1]):
            yield from _clause(tokens[first:last], start, left, (written, one.cue, place), text)
    spoken = [one for one in told if one.speaker]
    for one in left:
        nearest = min(spoken, key=lambda cue: _distance(tokens[cue.place], one, start), default=None)
        if nearest and (not _is_scare(one, text) or _distance(tokens[nearest.place], one, start) <= NEAR):
            written, place = _written(tokens, nearest.speaker, text, start)
            if not _is_title(text[one.start : one.end]):
                yield Stretch("direct", one.start, one.end, written, nearest.cue, place)
        elif not spoken:
            yield from _loose(tokens, sentence, start, one, before, text)


def _written(tokens: Sequence[Token], speaker: Span | None, text: str, start: int) -> tuple[str, int]:
    first, last = tokens[speaker[0]], tokens[speaker[1] - 1]
    return text[start + first.start : start + last.end].rstrip(",;:"), first.start


def _distance(token: Token, one: Marked, start: int) -> int:
    return max(one.start - (start + token.end), start + token.start - one.end, 0)


def _is_scare(one: Marked, text: str) -> bool:
    content = text[one.start : one.end]
    return content[-1] not in ENDS and len(content.split()) <= SCARE


def _is_title(content: str) -> bool:
    """Say whether what stands between marks is a name or a title: some words, all with capitals, and no end."""
    words = content.rstrip(".,").split()
    telling = [word for word in words if len(word) > 3]
    capitals = bool(telling) and all(word[:1].isupper() for word in telling)
    return 1 < len(words) < 8 and content[-1] not in "!?" and capitals


def _clause(
    tokens: Sequence[Token], start: int, left: list[Marked], by: tuple[str, str, int], text: str
) -> Iterator[Stretch]:
    """Yield a reported clause as one stretch, but what is all marked, or stands apart in it, as direct speech."""
    written, cue, place = by
    first, last = start + tokens[0].start, start + tokens[-1].end
    within = [one for one in left if first <= one.start and one.end <= last]
    for one in within:
        left.remove(one)
    plain = [token for token in tokens if token.text[0].isalnum() and token.lower not in ("and", "but")]
    if within and not plain:
        yield from (Stretch("direct", one.start, one.end, written, cue, place) for one in within)
        return
    apart = [one for one in within if _stands_apart(one, first, text)]
    for one in apart:
        yield Stretch("direct", one.start, one.end, written, cue, place)
    edge = min((one.start - 1 for one in apart), default=last)
    if edge <= first and apart:  # a quotation, and words behind it
        first, edge = max(one.end + 1 for one in apart), last
    while edge > first and text[edge - 1] in " ,.;:—–\n\t":
        edge -= 1
    while first < edge and text[first] in " ,;:—–\n\t":
        first += 1
    mixed = any(first <= one.start and one.end <= edge + 1 for one in within if one not in apart)
    if edge - first > 2:
        yield Stretch("mixed" if mixed else "indirect", first, edge, written, cue, place)


def _stands_apart(one: Marked, first: int, text: str) -> bool:
    """Say whether marked words are an utterance beside a reported clause and no part of it."""
    content = text[one.start : one.end]
    before = text[max(first, one.start - 20) : one.start - 1].rstrip()
    begins = content[:1].isupper() or content[:1] in "[…"
    return (
        begins and content[-1] in ENDS and len(content.split()) >= UTTERANCE and before[-1:] in ("", ":", ".", ",", "—")
    )


def _loose(
    tokens: Sequence[Token], sentence: str, start: int, one: Marked, before: _Before, text: str
) -> Iterator[Stretch]:
    """Yield what is marked in a sentence without a cue, if it reads as said, given to who is named or spoke last."""
    content = text[one.start : one.end]
    words, outside = len(content.split()), re.sub(rf"[\W{QUOTE}]", "", sentence)
    if outside and (words < UTTERANCE or _is_title(content) or not one.closed):
        return
    if not outside and words < 2 and not before.quoted and not before.quoted_before:
        return
    named = first_subject(tokens, len(tokens)) if outside else None
    if named:
        written, place = _written(tokens, named, text, start)
        yield Stretch("direct", one.start, one.end, written, "", place)
        return
    goes_on = before.quoted or (before.quoted_before and before.speaker)
    if not goes_on and before.announced:
        ahead = tokens_of(before.announced[:LONGEST_SENTENCE])
        if found := first_subject(ahead, len(ahead)):
            written = before.announced[ahead[found[0]].start : ahead[found[1] - 1].end]
            yield Stretch("direct", one.start, one.end, written, "", 0)
            return
    yield Stretch("direct", one.start, one.end, "", before.cue if goes_on else "", 0)
