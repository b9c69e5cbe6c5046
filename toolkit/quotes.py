"""Quotes: who says what, in quotation marks and in reported speech.

By rules: quotation marks (`speech_marks`), cues of speech (data/cues.yml), the subject of the cue (`phrases`), the
clause that it introduces (`reported`), what of a sentence is thereby speech (`attribution`), and who of those whom a
text names (`people`) is meant by "he" or "the mayor" (`speakers`). Some 70 % of the speech that news attributes to
somebody is indirect, so that marks alone would miss most of it.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import pandas as pd

from toolkit.attribution import ENDS, Before, By, Sentence, Stretch, find_stretches
from toolkit.cues import Cues, load_cues
from toolkit.errors import TableError
from toolkit.memory import uncollected
from toolkit.names import Aliases
from toolkit.phrases import SPEAKS_FOR
from toolkit.progress import progress
from toolkit.sentences import places_within, split_spans, straight
from toolkit.speakers import Cast
from toolkit.speech_marks import Marked, find_marked
from toolkit.tables import QUOTES, as_table, require, texts_of
from toolkit.tokens import PREPOSITIONS, QUOTE, SUBJECTS

# What nobody sees parts no words: spaces of no width, marks of direction. Control characters would look like QUOTE.
UNSEEN = re.compile(r"[\x01-\x08\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
HEADLINE = -1  # number of the headline among the sentences of a text


# Behind an actor's name, that somebody else is meant, whom the actor describes: Ann Lee's critics, US President Bo Ray.
OTHERS = re.compile(r"['’]s\b|\W*(?:\w+\W+)*[A-Z]")


class Place(NamedTuple):
    """A sentence of a text: where it stands, its number and part, and whether it may have a cue."""

    start: int
    end: int
    paragraph: int
    sentence_id: int = 0
    part: str = ""
    cued: bool = True


class Said(NamedTuple):
    """A stretch of speech in the title or text of an article, and the name of who speaks."""

    part: str
    stretch: Stretch
    speaker: str


@uncollected()
def find_quotes(
    articles: pd.DataFrame, actors: pd.DataFrame | None = None, sentences: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find who says what, one row per stretch of attributed speech.

    Columns: article_id, sentence_id (where it begins), kind (direct, indirect; mixed: reported, with words in quotation
    marks), speaker (the fullest name the article has for them, what stands there where it has none, "" where nobody is
    named), as_written, actor_id (of `actors`, if given), cue, leaning (of the cue: neutral, claim, insist, admit, warn,
    deny), content (without the marks), part, start, end (offsets into the title where part is title, else into the
    text). An interrupted quote is two rows, one that goes on in the next paragraph a row for each. `articles` needs
    article_id and text alone. `sentences`: all of these articles, where they are split already. Raises TableError where
    those of an article are not among them.
    """
    require(articles, ["article_id", "text"], source="articles")
    cues, aliases = load_cues(), None if actors is None else Aliases(actors, how=("alias", "surname"))
    actor_of = cache(lambda name: _actor_of(name, aliases))
    columns = (texts_of(articles, column) for column in ("article_id", "title", "text"))
    places = {} if sentences is None else _places_of(sentences, cues)
    rows: list[tuple] = []
    for article_id, title, text in progress(zip(*columns, strict=True), "quotes", total=len(articles)):
        own = [Place(*place) for place in places.get(article_id, ())] or _split(title, text, cues)
        if sentences is not None and own and article_id not in places:
            raise TableError(f"sentences lacks article {article_id!r}. Pass split_sentences of the same articles.")
        if not own:
            continue
        starts = [place.start for place in own]
        for said in _read(title, text, own, cues):
            place = own[max(0, bisect_right(starts, said.stretch.start) - 1)]
            sentence_id, part = (0, "title") if said.part else (place.sentence_id, place.part)
            kind, start, end, written, cue, _ = said.stretch
            actor_id = actor_of(said.speaker) or ("" if written.lower() in SUBJECTS else actor_of(written))
            content = (title if said.part else text)[start:end]
            who = said.speaker, written, actor_id, cue, cues.leaning_of(cue)
            rows.append((article_id, sentence_id, kind, *who, content, part, start, end))
    return as_table(rows, QUOTES)


def _split(title: str, text: str, cues: Cues) -> list[Place]:
    """Return the places of the sentences of a text."""
    return [
        Place(start, end, paragraph, number, part, cues.may_occur_in(sentence))
        for number, (part, paragraph, start, end, sentence) in enumerate(places_within(title, text))
        if paragraph
    ]


def _places_of(sentences: pd.DataFrame, cues: Cues) -> dict[str, list[tuple]]:
    """Return the places of the sentences of each text that is split already, as tuples, that cost little to keep."""
    require(sentences, ["article_id", "sentence_id", "part", "paragraph", "start", "end"], source="sentences")
    ids, parts = texts_of(sentences, "article_id"), texts_of(sentences, "part")
    numbers = (sentences[column].tolist() for column in ("start", "end", "paragraph", "sentence_id"))
    cued = cues.may_occur_in_each(texts_of(sentences, "text")) if "text" in sentences else [True] * len(sentences)
    places: dict[str, list[tuple]] = defaultdict(list)
    for article_id, place in zip(ids, zip(*numbers, parts, cued, strict=True), strict=True):
        if place[2]:  # its paragraph: 0 is the title
            places[article_id].append(place)
    return places


def words_of(quotes: pd.DataFrame) -> np.ndarray:
    """Count the words of each quote, as parted by white space."""
    words = [len(content.split()) for content in texts_of(require(quotes, ["content"], source="quotes"), "content")]
    return np.array(words, dtype="int64")


def _actor_of(name: str, aliases: Aliases | None) -> str:
    """Return the actor of a registry that speaks where somebody so named or written does, "" where none is."""
    found = aliases.find(name) if aliases and name else []
    speaking = (number for number, start, end in reversed(found) if _speaks(name, start, end))
    return next((aliases.entries[number][0] for number in speaking), "")


def _speaks(name: str, start: int, end: int) -> bool:
    """Say whether the actor in a speaker's words speaks: not of "US President Ann Lee", nor of "critics of Ann Lee"."""
    before, after = name[:start], name[end:]
    other = OTHERS.match(after)
    beside = any(word.lower() in PREPOSITIONS for word in before.split()) and not SPEAKS_FOR.search(before.lower())
    return not other and not beside


def _read(title: str, text: str, places: Sequence[Place], cues: Cues) -> Iterator[Said]:
    """Yield what is said in an article, first in its title."""
    marked = find_marked(text)
    hidden = hide(text, marked)
    whole = _unparted(hidden, places, cues)
    cast = Cast(hidden, [place[:2] for place in whole])
    for stretch in _in_headline(title, cues):
        yield Said("title", stretch, cast.resolve(stretch.written, HEADLINE, 0) if stretch.written else "")
    yield from (Said("", *said) for said in _give(_speaking(text, hidden, marked, whole), cast, cues))


def _in_headline(title: str, cues: Cues) -> list[Stretch]:
    """Return what is speech in a title: only one with a mark, a cue or a colon can have any."""
    marked = find_marked(title)
    hidden = hide(title, marked)
    cued = cues.may_occur_in(hidden)
    if not (marked or cued or ":" in hidden):
        return []
    return find_stretches(Sentence(title, hidden, (0, len(title)), marked, cued), cues, By(), headline=True)


def _unparted(hidden: str, places: Sequence[Place], cues: Cues) -> Sequence[Place]:
    """Return the sentences of a text, ending where something is marked when its quotation does."""
    if QUOTE not in hidden:
        return places
    whole: list[Place] = []
    for paragraph, own in groupby(places, key=attrgetter("paragraph")):
        parts = [*own]
        first, last = parts[0].start, parts[-1].end
        if hidden.find(QUOTE, first, last) >= 0:
            spans = [(first + start, first + end) for start, end in split_spans(hidden[first:last])]
            parts = [Place(*span, paragraph, cued=cues.may_occur_in(hidden[slice(*span)])) for span in spans]
        whole += parts
    return whole


def _speaking(
    text: str, hidden: str, marked: Sequence[Marked], places: Sequence[Place]
) -> Iterator[tuple[int, Sentence]]:
    """Yield the sentences in which something may be said, with their numbers: others have no mark and no cue."""
    paragraph, at, quoted, quoted_before = 0, 0, False, False
    for number, place in enumerate(places):
        if place.paragraph != paragraph:
            paragraph, quoted_before, quoted = place.paragraph, quoted, False
        own = []
        while at < len(marked) and marked[at].start <= place.end:
            own.append(marked[at])
            at += 1
        if own:
            previous = places[number - 1][:2] if number else (0, 0)
            before = Before(*previous, quoted, quoted_before)
            yield number, Sentence(text, hidden, place[:2], own, place.cued, before)
            quoted = True
        elif place.cued:
            yield number, Sentence(text, hidden, place[:2], own, place.cued)


def _give(sentences: Iterator[tuple[int, Sentence]], cast: Cast, cues: Cues) -> Iterator[tuple[Stretch, str]]:
    """Yield each stretch of speech with its speaker; one that runs on waits for whom a later paragraph names."""
    last = By()
    waiting: list[Stretch] = []
    for number, sentence in sentences:
        for stretch in find_stretches(sentence, cues, last):
            runs_on = sentence.marked and not sentence.marked[-1].closed
            if runs_on and not stretch.written and not sentence.goes_on(last.written):
                waiting.append(stretch)
                continue
            speaker = cast.resolve(stretch.written, number, stretch.place) if stretch.written else last.written
            last = By(speaker, stretch.cue)
            yield from ((one._replace(written=stretch.written, cue=stretch.cue), speaker) for one in waiting)
            waiting.clear()
            yield stretch, speaker
    yield from ((one, "") for one in waiting)


def hide(text: str, marked: Sequence[Marked]) -> str:
    """Return the text with what stands between marks blotted out, except for a sign that ends it; as long as before."""
    plain, pieces, place = UNSEEN.sub(" ", straight(text)), [], 0
    for one in marked:
        kept = plain[one.end - 1] if text[one.end - 1] in ENDS else QUOTE
        pieces += [plain[place : one.first], '"', QUOTE * (one.last - one.first - 2 - one.closed), kept]
        pieces += ['"'] * one.closed
        place = one.last
    return "".join([*pieces, plain[place:]])
