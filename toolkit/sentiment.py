"""Sentiment: the tone of wording by VADER (Hutto and Gilbert 2014, doi 10.1609/icwsm.v8i1.14550), sentence by sentence.

VADER's lexicon was built on social media. It scores words, not stances: institutional names carry valence ("Freedom
Party"), so names are masked by default; topics do too ("war"), so conflict news is negative whoever is favoured.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

import pandas as pd

from toolkit.columns import KEYS, Columns
from toolkit.instruments import Instrument, use_instrument
from toolkit.lexicons import with_changes
from toolkit.masking import find_names, mask, mask_names
from toolkit.memory import uncollected
from toolkit.names import OPENERS
from toolkit.progress import progress
from toolkit.scorer import Scorer
from toolkit.sentences import straight
from toolkit.tables import ARTICLE_SCORES, MASKED, SENTENCE_SCORES, TONE_CLASSES, as_table, require, texts_of

CAPITAL = re.compile(r"(?<!\w)(?=[^\W\d_a-z])\w")
NEUTRAL = 0.05  # compounds beyond it either way are not neutral, as the authors of VADER have it
EVERY = "(all sentences)"


@cache
def _plain_columns() -> Columns:
    return Columns(Scorer())


def columns_of(lexicon: pd.DataFrame | None) -> Columns:
    """Return a scorer of columns for VADER's lexicon, with the changes of `lexicon` if given."""
    return _plain_columns() if lexicon is None else Columns(Scorer(with_changes(lexicon)))


def score_texts(texts: Iterable[str], lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """Score texts as vaderSentiment does, one row per text, in order: neg, neu, pos (shares of 1), compound (-1 to 1).

    The index is that of a Series given, else 0, 1, 2 ... A missing text scores like an empty one. `lexicon`: changes to
    VADER's words, from `load_lexicon`.
    """
    index = texts.index if isinstance(texts, pd.Series) else None
    scores = columns_of(lexicon).score([text if isinstance(text, str) else "" for text in texts])
    return pd.DataFrame(scores, columns=list(KEYS), index=index)


@uncollected()
def score_sentences(
    sentences: pd.DataFrame,
    actors: pd.DataFrame | None = None,
    lexicon: pd.DataFrame | None = None,
    mask: bool = True,
    instrument: Instrument | None = None,
) -> pd.DataFrame:
    """Score the tone of sentences with names masked, one row per sentence.

    Columns: article_id, sentence_id, neg, neu, pos, compound, words (the lexicon words that fired), plain (compound
    with the names left in). Masked are runs of capitalised words that read as names, and the aliases of `actors` if
    given; with `mask` False nothing is. Quotation marks are straightened first: VADER strips no others from a word, nor
    knows a curly "don’t". `lexicon`: changes to VADER's words, from `load_lexicon`. An `instrument` (`load_instrument`)
    takes VADER's place and reads the sentences as they are: neg, neu and pos are missing then, and compound where it
    has no answer.
    """
    require(sentences, ["article_id", "sentence_id", "text"], source="sentences")
    if instrument is not None:
        return _by_instrument(sentences, instrument)
    columns = columns_of(lexicon)
    straight = straighten(sentences)
    texts = straight["text"].tolist()
    names_masked = mask_names(straight, actors, columns.scorer.lexicon) if mask else texts
    masked = list(progress(names_masked, "tone", total=len(texts)))
    scores = columns.score(masked)
    plain = scores[:, -1].copy()
    other = [number for number, pair in enumerate(zip(texts, masked, strict=True)) if pair[0] != pair[1]]
    plain[other] = columns.score([texts[number] for number in other])[:, -1]
    words = map(", ".join, columns.words_fired(masked))
    ids = texts_of(sentences, "article_id"), sentences["sentence_id"].tolist()
    return as_table(zip(*ids, *scores.T.tolist(), words, plain.tolist(), strict=True), SENTENCE_SCORES)


def _by_instrument(sentences: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    answers = use_instrument(instrument, texts_of(sentences, "text"))
    compound, none = answers["compound"], [float("nan")] * len(answers)
    ids = texts_of(sentences, "article_id"), sentences["sentence_id"].tolist()
    return as_table(zip(*ids, none, none, none, compound, answers["words"], compound, strict=True), SENTENCE_SCORES)


def straighten(sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences with straight quotation marks, each at its place."""
    texts = texts_of(sentences, "text")
    return sentences.assign(text=[straight(text) for text in texts])


def count_masked(
    sentences: pd.DataFrame, actors: pd.DataFrame | None = None, lexicon: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Count what masking changes, one row per name, most changed first, below a row for all sentences.

    Columns: name, sentences (in which it is masked), changed (whose compound is another without it and the other names
    there), plain_share and share (of these sentences, that are not neutral, a compound beyond .05 either way, before
    and after), mean_change (of compound). A name is only looked for where it could carry tone.
    """
    columns, straight = columns_of(lexicon), straighten(sentences)
    texts, found = straight["text"].tolist(), list(find_names(straight, actors, columns.scorer.lexicon))
    plain = columns.score(texts)[:, -1]
    scores = columns.score([mask(text, spans) for text, spans in zip(texts, found, strict=True)])[:, -1]
    where: dict[str, list[int]] = defaultdict(list)
    for number, (text, spans) in enumerate(zip(texts, found, strict=True)):
        for name in {_name_in(text[start:end]) for start, end in spans} - {""}:
            where[name].append(number)
    rows = []
    for name, numbers in [(EVERY, list(range(len(texts)))), *where.items()]:
        before, after = plain[numbers], scores[numbers]
        shares = [(abs(values) > NEUTRAL).mean() if numbers else 0.0 for values in (before, after)]
        change = (after - before).mean() if numbers else 0.0
        rows.append((name, len(numbers), (before != after).sum(), *shares, change))
    return as_table([rows[0], *sorted(rows[1:], key=lambda row: (-row[2], -row[1], row[0]))], MASKED)


def _name_in(masked: str) -> str:
    """Return the name in what is masked: a known one may have taken the words before, such as "and" or "on"."""
    capital = CAPITAL.search(masked)
    return masked[capital.start() :] if capital and masked[capital.start() :].lower() not in OPENERS else ""


def score_articles(scores: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Average sentence scores, one row per article.

    Columns: article_id, compound (mean over all sentences), title_compound, body_compound (lead and body), scored_share
    (share of sentences in which any lexicon word fired), lead_compound, rest_compound (of the body after the lead).
    Scores of whole texts saturate; means of sentences do not.
    """
    require(scores, ["article_id", "sentence_id", "compound", "words"], source="scores")
    require(sentences, ["article_id", "sentence_id", "part"], source="sentences")
    keys = ["article_id", "sentence_id"]
    table = scores.merge(sentences[[*keys, "part"]], on=keys, validate="one_to_one")
    in_title, in_lead = table["part"] == "title", table["part"] == "lead"
    table = table.assign(
        title_compound=table["compound"].where(in_title),
        body_compound=table["compound"].where(~in_title),
        scored_share=(table["words"] != "").astype(float),
        lead_compound=table["compound"].where(in_lead),
        rest_compound=table["compound"].where(~in_title & ~in_lead),
    )
    means = table.groupby("article_id", sort=False)[list(ARTICLE_SCORES)[1:]].mean().reset_index()
    return means.astype(dict(ARTICLE_SCORES))


def class_sentences(scores: pd.DataFrame) -> pd.DataFrame:
    """Class sentences, one row per sentence: article_id, sentence_id, and 1 in one of the columns of its class, else 0.

    Classes: negative, neutral, positive (a compound beyond .05 either way is not neutral), and no word, where none of
    the lexicon occurs. A sentence without a score is missing in all. Means by article and group: `mean_by`.
    """
    require(scores, ["article_id", "sentence_id", "compound", "words"], source="scores")
    known = scores[scores["compound"].notna()]
    compound = known["compound"]
    silent = (known["words"] == "") & (compound.abs() <= NEUTRAL)
    classes = {
        "negative": compound < -NEUTRAL,
        "no word": silent,
        "neutral": ~silent & (compound.abs() <= NEUTRAL),
        "positive": compound > NEUTRAL,
    }
    return known[["article_id", "sentence_id"]].assign(**{name: found.astype(float) for name, found in classes.items()})


def class_articles(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the share of an article's sentences in each class of `class_sentences`, one row per article."""
    classes = class_sentences(scores).drop(columns="sentence_id").groupby("article_id", sort=False).mean().reset_index()
    return classes[list(TONE_CLASSES)].astype(dict(TONE_CLASSES))
