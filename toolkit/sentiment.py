"""Sentiment: the tone of wording by VADER (Hutto and Gilbert 2014, doi 10.1609/icwsm.v8i1.14550), sentence by sentence.

VADER's lexicon was built on social media. It scores words, not stances: institutional names carry valence ("Freedom
Party"), so names are masked by default; topics do too ("war"), so conflict news is negative whoever is favoured.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

import pandas as pd
from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentimentIntensityAnalyzer, SentiText

from toolkit.columns import Columns
from toolkit.names import Aliases, name_spans, opens
from toolkit.progress import progress
from toolkit.scorer import Scorer
from toolkit.sentences import STRAIGHT
from toolkit.tables import ARTICLE_SCORES, SENTENCE_SCORES, TONE_WORDS, as_table, require, texts_of
from toolkit.terms import WORD, Span, Terms, disjoint

SCORES = ["neg", "neu", "pos", "compound"]
NEGATIVE, POSITIVE = "negative wording", "positive wording"
NUMBER = re.compile(r"\bNos?\.?(?=\s?\d)")  # "No. 5" denies nothing
CAPITALISED = re.compile(r"\b[^\W\d_a-z]\w*")
MASK = "Name"  # in no lexicon, and a capital as the words it stands for


@cache
def _vader() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


@cache
def _columns() -> Columns:
    return Columns(Scorer())


def score_texts(texts: Iterable[str]) -> pd.DataFrame:
    """Score texts as vaderSentiment does, one row per text, in order: neg, neu, pos (shares of 1), compound (-1 to 1).

    The index is that of a Series given, else 0, 1, 2 ... A missing text scores like an empty one.
    """
    index = texts.index if isinstance(texts, pd.Series) else None
    scores = _columns().score([text if isinstance(text, str) else "" for text in texts])
    return pd.DataFrame(scores, columns=SCORES, index=index)


def score_sentences(sentences: pd.DataFrame, actors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Score the tone of sentences with names masked, one row per sentence.

    Columns: article_id, sentence_id, neg, neu, pos, compound, words (the lexicon words that fired), plain (compound
    with the names left in). Masked are runs of capitalised words that read as names, and the aliases of `actors` if
    given. Quotation marks are straightened first: VADER strips no others from a word, nor knows a curly "don’t".
    """
    require(sentences, ["article_id", "sentence_id", "text"], source="sentences")
    sentences = sentences.assign(text=[text.translate(STRAIGHT) for text in texts_of(sentences, "text")])
    texts, masked = sentences["text"].tolist(), mask_names(sentences, actors)
    ids = texts_of(sentences, "article_id")
    keys = zip(ids, sentences["sentence_id"], texts, masked, strict=True)
    rows = (_row(*key) for key in progress(keys, "tone", total=len(texts)))
    return as_table(rows, SENTENCE_SCORES)


def _row(article_id: str, sentence_id: int, text: str, masked: str) -> tuple:
    scores = _vader().polarity_scores(masked)
    plain = scores["compound"] if masked == text else _vader().polarity_scores(text)["compound"]
    return article_id, sentence_id, *(scores[key] for key in SCORES), ", ".join(lexicon_words(masked)), plain


def lexicon_words(text: str) -> list[str]:
    """Return the words of one text that stand in VADER's lexicon, lower-cased, in order."""
    emojis = _vader().emojis
    described = "".join(f" {emojis[character]} " if character in emojis else character for character in text)
    words = (word.lower() for word in SentiText(described).words_and_emoticons)
    return [word for word in words if word in _vader().lexicon]


def mask_names(sentences: pd.DataFrame, actors: pd.DataFrame | None = None) -> Iterator[str]:
    """Yield the text of each sentence with the words of names replaced, so that a name's words carry no tone.

    A name seen within sentences of an article is also masked where its capital proves nothing: at the beginning of a
    sentence and in headlines in title case. A sentence none of whose capitalised words VADER knows is left alone.
    """
    aliases = Aliases(actors, how=("alias", "surname", "metonym")) if actors is not None else None
    texts, article_ids = texts_of(sentences, "text"), sentences["article_id"].tolist()
    parts = texts_of(sentences, "part")
    carries = [any(map(_carries_tone, CAPITALISED.findall(text))) for text in texts]
    found = [
        name_spans(text, headline=part == "title") if loaded else []
        for text, part, loaded in zip(texts, parts, carries, strict=True)
    ]
    seen: dict[str, set[str]] = {}
    again: dict[str, Terms] = {}
    for text, article_id, spans in zip(texts, article_ids, found, strict=True):
        seen.setdefault(article_id, set()).update(text[start:end] for start, end in spans)
    for text, article_id, spans, loaded in zip(texts, article_ids, found, carries, strict=True):
        if not loaded:
            yield text
            continue
        known = [match[1:] for match in aliases.find(text)] if aliases else []
        known += [match.span() for match in NUMBER.finditer(text)]
        if article_id not in again:
            again[article_id] = Terms(sorted(seen[article_id]))
        yield _mask(text, [*spans, *known, *_same_case(text, again[article_id])])


def _carries_tone(word: str) -> bool:
    lower = word.lower()
    return lower in _vader().lexicon or lower in BOOSTER_DICT


def _same_case(text: str, names: Terms) -> list[Span]:
    """Return where names of the article stand once more, written with capitals."""
    return [(start, end) for _, start, end in names.find(text) if text[start].isupper()]


def _mask(text: str, spans: list[Span]) -> str:
    pieces, place = [], 0
    for start, end in disjoint(spans):
        pieces += [text[place:start], WORD.sub(_placeholder, text[start:end])]
        place = end
    return "".join([*pieces, text[place:]])


def _placeholder(word) -> str:
    # Short words (of, 's) and all-caps words keep their place: they carry no tone, or are meant as emphasis.
    return (
        MASK if word.group()[0].isupper() and not (word.group().isupper() and len(word.group()) > 1) else word.group()
    )


def count_words(scores: pd.DataFrame) -> pd.DataFrame:
    """Count the lexicon words behind sentence scores, one row per word, most frequent first.

    Columns: word, sentences (in how many it fired), valence (its own score in the lexicon, -4 to 4).
    """
    require(scores, ["words"], source="scores")
    times = Counter(word for words in texts_of(scores, "words") for word in set(words.split(", ")) if word)
    ranked = sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))
    times = as_table(ranked, {"word": "str", "sentences": "int64"})
    return times.assign(valence=times["word"].map(_vader().lexicon).astype("float64"))


def find_tone_words(sentences: pd.DataFrame, scores: pd.DataFrame, least: float = 0.5) -> pd.DataFrame:
    """Find the lexicon words of strongly worded sentences, one row per word that fired.

    Strong is a compound of at least `least` either way. Columns: article_id, sentence_id, tone, word, start, end.
    """
    keys = ["article_id", "sentence_id"]
    strong = scores[scores["compound"].abs() >= least].merge(sentences[[*keys, "start", "text"]], on=keys)
    rows = (
        (row.article_id, row.sentence_id, NEGATIVE if row.compound < 0 else POSITIVE, word.group().lower(), *span)
        for row in strong.itertuples()
        for word in WORD.finditer(row.text)
        # A capital within the sentence is part of a name, and was masked.
        if word.group().lower() in row.words.split(", ") and (word.group().islower() or opens(row.text, word.start()))
        for span in [(row.start + word.start(), row.start + word.end())]
    )
    return as_table(rows, TONE_WORDS)


def score_articles(scores: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Average sentence scores, one row per article.

    Columns: article_id, compound (mean over all sentences), title_compound, body_compound (lead and body), scored_share
    (share of sentences in which any lexicon word fired). Scores of whole texts saturate; means of sentences do not.
    """
    require(scores, ["article_id", "sentence_id", "compound", "words"], source="scores")
    require(sentences, ["article_id", "sentence_id", "part"], source="sentences")
    keys = ["article_id", "sentence_id"]
    table = scores.merge(sentences[[*keys, "part"]], on=keys, validate="one_to_one")
    in_title = table["part"] == "title"
    table = table.assign(
        title_compound=table["compound"].where(in_title),
        body_compound=table["compound"].where(~in_title),
        scored_share=(table["words"] != "").astype(float),
    )
    means = table.groupby("article_id", sort=False)[list(ARTICLE_SCORES)[1:]].mean().reset_index()
    return means.astype(dict(ARTICLE_SCORES))
