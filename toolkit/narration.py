"""Narration: what an outlet writes in its own words and what its sources say, scored apart, also within a sentence."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from toolkit.extents import codes_in, each_once
from toolkit.fired import find_fired
from toolkit.instruments import Instrument, use_instrument
from toolkit.masking import find_names
from toolkit.masking import mask as mask_spans
from toolkit.memory import uncollected
from toolkit.sentences import straight
from toolkit.sentiment import columns_of, straighten
from toolkit.summary import mean_by
from toolkit.tables import FIRED, STRETCHES, SUMMARY, VOICE_SCORES, VOICE_SUMS, as_table, places_of, require, texts_of
from toolkit.terms import WORD, Span, disjoint

NARRATION, DIRECT, INDIRECT = VOICES = ("narration", "direct", "indirect")
EDGES = ' \t\n\u00a0,;"“”„«»'  # taken off the ends of a stretch
Heard = tuple[int, int, str, str, str]  # start, end, voice, speaker, actor_id
Text = tuple[str, bool]  # article_id, and whether it is the title
Place = tuple[str, int, str, int, str]  # article_id, sentence_id, part, start, text


def split_voices(sentences: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Part sentences into the outlet's own words and those of its sources, one row per stretch in one voice, in order.

    `quotes` as from `find_quotes`. Columns: article_id, sentence_id, part, voice (narration; direct: in quotation
    marks; indirect: reported, also where some words stand in marks), speaker and actor_id (of the quote, "" in
    narration), start, end (offsets as in `sentences`), text, length (words). Every word stands in one stretch; where
    quotes overlap, that in marks has the words. Who speaks ("said Keller") is narration, of few words.
    """
    require(quotes, ["article_id", "kind", "start", "end"], source="quotes")
    heard: dict[Text, list[Heard]] = defaultdict(list)
    ids, kinds, who, actors, parts = (
        texts_of(quotes, name) for name in ("article_id", "kind", "speaker", "actor_id", "part")
    )
    columns = ids, parts, kinds, quotes["start"].tolist(), quotes["end"].tolist(), who, actors
    for article_id, part, kind, start, end, *quote in zip(*columns, strict=True):
        heard[article_id, part == "title"].append((start, end, DIRECT if kind == DIRECT else INDIRECT, *quote))
    places = [*places_of(sentences)]
    within = _within(places, heard)
    rows = []
    for number, (article_id, sentence_id, part, offset, text) in enumerate(places):
        own = sorted(within.get(number, ()), key=lambda quote: (quote[2] != DIRECT, quote[0]))
        for start, end, *voice in _stretches(text, offset, own):
            piece = text[start:end]
            place = start + offset, end + offset
            rows.append((article_id, sentence_id, part, *voice, *place, piece, len(piece.split())))
    return as_table(rows, STRETCHES)


def _within(places: Sequence[Place], heard: Mapping[Text, Sequence[Heard]]) -> dict[int, list[Heard]]:
    """Return by number of the sentence what is said in it; a quotation that runs on is in each of its sentences."""
    sentences: dict[Text, list[tuple[int, int]]] = defaultdict(list)
    for number, (article_id, _, part, offset, _) in enumerate(places):
        sentences[article_id, part == "title"].append((offset, number))
    within: dict[int, list[Heard]] = defaultdict(list)
    for text, quotes in heard.items():
        own = sorted(sentences.get(text, ()))
        for quote in quotes:
            first = max(0, bisect_right(own, (quote[0], len(places))) - 1)
            while first < len(own) and own[first][0] < quote[1]:
                within[own[first][1]].append(quote)
                first += 1
    return within


def _stretches(text: str, offset: int, quotes: Sequence[Heard]) -> Iterator[Heard]:
    """Yield the stretches of one sentence, places counted from its beginning."""
    found: list[Heard] = []
    for start, end, *voice in quotes:
        for first, last in _gaps(found, max(0, start - offset), min(end - offset, len(text))):
            found.append((first, last, *voice))
    found += [(first, last, NARRATION, "", "") for first, last in _gaps(found, 0, len(text))]
    for start, end, *voice in sorted(found):
        piece = text[start:end]
        if WORD.search(piece):
            first = start + len(piece) - len(piece.lstrip(EDGES))
            yield first, first + len(piece.strip(EDGES)), *voice


def _gaps(taken: Sequence[Heard], start: int, end: int) -> list[Span]:
    """Return what is left of a stretch by those that are taken."""
    place, gaps = start, []
    for first, last, *_ in sorted(taken):
        if first < end and last > place:
            gaps += [(place, first)] if first > place else []
            place = last
    return [*gaps, (place, end)] if place < end else gaps


@uncollected()
def score_voices(
    sentences: pd.DataFrame,
    quotes: pd.DataFrame,
    actors: pd.DataFrame | None = None,
    lexicon: pd.DataFrame | None = None,
    mask: bool = True,
    instrument: Instrument | None = None,
) -> pd.DataFrame:
    """Score narration and quotation apart, one row per stretch in one voice (`split_voices`).

    Columns of `split_voices`, and compound, words (the lexicon words that fired). Names are those of whole sentences,
    since a stretch may begin with any word. Other arguments as of `score_sentences`.
    """
    stretches = split_voices(sentences, quotes)
    if instrument is not None:
        answers = use_instrument(instrument, stretches["text"].tolist())
    else:
        columns = columns_of(lexicon)
        texts = _read(sentences, stretches, actors, columns.scorer.lexicon, mask)
        words = [*map(", ".join, columns.words_fired(texts))]
        answers = pd.DataFrame({"compound": columns.score(texts)[:, -1], "words": words})
    scored = stretches.assign(compound=answers["compound"].to_numpy(), words=answers["words"].to_numpy())
    return scored.astype(dict(VOICE_SCORES))


def explain_voices(
    stretches: pd.DataFrame,
    sentences: pd.DataFrame,
    actors: pd.DataFrame | None = None,
    lexicon: pd.DataFrame | None = None,
    mask: bool = True,
    instrument: Instrument | None = None,
) -> pd.DataFrame:
    """Say what each lexicon word contributes to the score of its stretch, one row per word that fired.

    `stretches` as from `split_voices` or `score_voices`, some or all. Columns as of `explain_scores`. Only of VADER's
    words is known what each contributes: by another `instrument` there is no row.
    """
    if instrument is not None:
        return as_table([], FIRED)
    scorer = columns_of(lexicon).scorer
    rows = []
    texts = zip(places_of(stretches), _read(sentences, stretches, actors, scorer.lexicon, mask), strict=True)
    for (article_id, sentence_id, _, offset, text), masked in texts:
        for fired in find_fired(straight(text), masked, scorer):
            place = offset + fired.start, offset + fired.end
            rows.append((article_id, sentence_id, fired.word, *place, fired.valence))
    return as_table(rows, FIRED)


def _read(
    sentences: pd.DataFrame,
    stretches: pd.DataFrame,
    actors: pd.DataFrame | None,
    lexicon: Mapping[str, float],
    masked: bool,
) -> list[str]:
    """Return the texts that VADER reads; names are those of whole sentences, as a stretch may begin with any word."""
    straight = straighten(stretches)["text"].tolist()
    if not masked:
        return straight
    names = find_names(straighten(sentences), actors, lexicon)
    spans_of = {place[:2]: (place[3], spans) for place, spans in zip(places_of(sentences), names, strict=True)}
    texts = []
    for (article_id, sentence_id, _, start, _), text in zip(places_of(stretches), straight, strict=True):
        offset, spans = spans_of[article_id, sentence_id]
        inside = [(max(0, first + offset - start), min(len(text), last + offset - start)) for first, last in spans]
        inside = [*disjoint(span for span in inside if span[0] < span[1])] if inside else []
        texts.append(mask_spans(text, inside) if inside else text)
    return texts


def sum_voices(scores: pd.DataFrame) -> pd.DataFrame:
    """Sum up what was scored of each voice, one row per article and voice, for `mean_by_voice`.

    `scores` as from `score_voices`. Columns: article_id, voice, product (of compound and length, summed over stretches
    that have a score), scored (words of these), length (words of all).
    """
    require(scores, ["article_id", "voice", "length", "compound"], source="scores")
    known = scores["compound"].notna()
    told = scores[["article_id", "voice", "length"]].assign(
        product=(scores["compound"] * scores["length"]).fillna(0.0), scored=scores["length"].where(known, 0)
    )
    sums = told.groupby(["article_id", "voice"], sort=False)[["product", "scored", "length"]].sum().reset_index()
    return sums[list(VOICE_SUMS)].astype(dict(VOICE_SUMS))


def mean_by_voice(scores: pd.DataFrame, articles: pd.DataFrame, by: str = "", seed: int = 1) -> pd.DataFrame:
    """Mean tone of narration and of quotation, one row per group of articles and voice.

    `scores` as from `score_voices` or `sum_voices`. Columns as in `share_by`; category is the voice, n counts the
    articles that have words in it. Within an article stretches count by their words, so that "he said" hardly counts,
    and articles count alike.
    """
    sums = scores if "scored" in scores else sum_voices(scores)
    sums = sums[sums["scored"] > 0]
    (ids, known), voice = each_once(sums["article_id"]), codes_in(sums["voice"], pd.Index(VOICES, dtype="str"))
    means = np.full((len(known), len(VOICES)), np.nan)
    means[ids, voice] = sums["product"] / sums["scored"]
    wide = pd.DataFrame(means, columns=list(VOICES)).assign(article_id=known)
    table = mean_by(wide, articles, by, seed) if len(wide) else as_table([], SUMMARY)
    table = table.assign(low=table["low"].clip(-1, 1), high=table["high"].clip(-1, 1))
    return table[table["n"] > 0].reset_index(drop=True)


def share_of_voices(scores: pd.DataFrame) -> dict[str, float]:
    """Return the share of all words that each voice has."""
    words = scores.groupby("voice")["length"].sum()
    return {voice: float(words.get(voice, 0) / max(1, words.sum())) for voice in VOICES}
