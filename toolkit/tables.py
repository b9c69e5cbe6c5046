"""The tables that run through everything: their columns, their dtypes, and the checks on them."""

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from toolkit.errors import TableError
from toolkit.memory import uncollected

Columns = Mapping[str, str]

ARTICLES: Columns = {
    "article_id": "str",
    "outlet": "str",
    "published": "datetime64[us, UTC]",
    "title": "str",
    "text": "str",
    "section": "str",
    "author": "str",
    "url": "str",
    "language": "str",
    "tags": "str",  # joined by "; "
    "source": "str",  # file and place in it
    "published_local": "str",  # ISO 8601 with the offset of the outlet's zone
    "teaser": "str",  # also the first paragraph of text, where the page has one
    "caption": "str",  # one picture caption a line, not part of text
    "related": "str",  # one related headline a line, not part of text
}
LEDGER: Columns = {
    "source": "str",
    "status": "str",
    "reason": "str",
    "article_id": "str",
    "detail": "str",
    "file": "str",  # the first part of source
}
FILES: Columns = {"file": "str", "units": "int64", "kept": "int64", "dropped": "int64", "reasons": "str"}
ASIDE: Columns = {"article_id": "str", "reason": "str"}
PAGE_LINES: Columns = {"label": "str", "reason": "str", "start": "int64", "end": "int64", "text": "str"}
SENTENCES: Columns = {
    "article_id": "str",
    "sentence_id": "int64",
    "part": "str",  # title, lead, body: offsets point into title for title, into text for the others
    "paragraph": "int64",
    "start": "int64",
    "end": "int64",
    "text": "str",
}
FRAMES: Columns = {"frame": "str", "item": "str", "term": "str", "kind": "str", "question": "str"}
FRAME_HITS: Columns = {
    "article_id": "str",
    "sentence_id": "int64",
    "frame": "str",
    "item": "str",
    "term": "str",
    "start": "int64",
    "end": "int64",
}
VOICE_SUMS: Columns = {
    "article_id": "str",
    "voice": "str",
    "product": "float64",  # of compound and length, summed over the stretches that have a score
    "scored": "int64",  # words of these
    "length": "int64",  # words of all
}
TARGET_SUMS: Columns = {
    "article_id": "str",
    "actor_id": "str",
    "mentions": "int64",
    "compound": "float64",  # mean
    "negative": "int64",
    "neutral": "int64",
    "positive": "int64",
}
TONE_CLASSES: Columns = {
    "article_id": "str",
    "negative": "float64",
    "no word": "float64",
    "neutral": "float64",
    "positive": "float64",
}
WORDS = "(words)"  # of articles without their texts: how many words these have
UNREAD = ("title", "url", "source")  # of such articles only whether they have any
SIZES: Columns = {"article_id": "str", "words": "int64"}
EXTENTS: Columns = {
    "article_id": "str",
    "part": "str",
    "first": "int64",  # sentence_id of the first sentence of the part
    "sentences": "int64",
}
FRAME_COUNTS: Columns = {
    "article_id": "str",
    "frame": "str",
    "hits": "int64",
    "sentences": "int64",
    "present": "bool",
    "items": "int64",  # of the frame, that have a hit
    "score": "float64",  # their share of the items that have terms
}
DOMINANT: Columns = {"article_id": "str", "frame": "str", "tied": "bool", "lead": "int64"}
DOMINANT_COUNTS: Columns = {"article_id": "str", "category": "str", "present": "bool"}
FRAME_PAIRS: Columns = {
    "frame": "str",
    "other": "str",
    "n": "int64",
    "articles": "int64",
    "expected": "float64",
    "ratio": "float64",
    "phi": "float64",
    "low": "float64",  # of phi
    "high": "float64",
}
SENTENCE_SCORES: Columns = {
    "article_id": "str",
    "sentence_id": "int64",
    "neg": "float64",
    "neu": "float64",
    "pos": "float64",
    "compound": "float64",  # missing where an instrument has no answer
    "words": "str",  # lexicon words that fired, joined by ", "
    "plain": "float64",  # compound before names were masked
}
INSTRUMENT_SCORES: Columns = {"compound": "float64", "words": "str"}
STRETCHES: Columns = {
    "article_id": "str",
    "sentence_id": "int64",
    "part": "str",
    "voice": "str",  # narration, direct, indirect
    "speaker": "str",
    "actor_id": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "length": "int64",  # words
}
VOICE_SCORES: Columns = STRETCHES | {
    "compound": "float64",
    "words": "str",  # lexicon words that fired, joined by ", "
}
LEXICON: Columns = {"term": "str", "score": "float64"}  # missing where the term is taken out
MASKED: Columns = {
    "name": "str",
    "sentences": "int64",
    "changed": "int64",
    "plain_share": "float64",  # of the sentences, that were not neutral with their names
    "share": "float64",  # the same once they are masked
    "mean_change": "float64",
}
FIRED: Columns = {
    "article_id": "str",
    "sentence_id": "int64",
    "word": "str",
    "start": "int64",
    "end": "int64",
    "valence": "float64",  # what it adds to the sum of the sentence
}
WORD_WEIGHTS: Columns = {
    "word": "str",
    "weight": "float64",  # sum of its valences per 100 sentences
    "times": "int64",
    "mean": "float64",  # of its valences
}
TELLING: Columns = {
    "word": "str",
    "difference": "float64",
    "first": "float64",
    "second": "float64",
    "first_times": "int64",
    "second_times": "int64",
}
TARGET_SCORES: Columns = {
    "article_id": "str",
    "sentence_id": "int64",
    "actor_id": "str",
    "start": "int64",
    "end": "int64",
    "clause_start": "int64",
    "clause_end": "int64",
    "compound": "float64",
    "label": "str",  # negative, neutral, positive
}
TARGET_TONE: Columns = {
    "group": "str",
    "category": "str",  # actor_id
    "n": "int64",  # articles that name the actor
    "value": "float64",  # mean over these of the mean over an article's mentions
    "low": "float64",
    "high": "float64",
    "method": "str",
    "mentions": "int64",
    "negative": "float64",  # share of the mentions, as the next two
    "neutral": "float64",
    "positive": "float64",
}
TARGET_TRIALS: Columns = {
    "label": "str",  # macro, negative, neutral, positive
    "n": "int64",
    "precision": "float64",
    "recall": "float64",
    "f1": "float64",
    "low": "float64",
    "high": "float64",
}
SCORER_PAIRS: Columns = {
    "first": "str",
    "second": "str",
    "n": "int64",  # sentences that both have scored
    "correlation": "float64",
    "same": "float64",  # share of sentences of the same class
    "alpha": "float64",  # Krippendorff's, of three classes
    "first_mean": "float64",
    "second_mean": "float64",
}
APART: Columns = {
    "article_id": "str",
    "sentence_id": "int64",
    "first": "float64",
    "second": "float64",
    "difference": "float64",
    "text": "str",
}
TONE_WORDS: Columns = {
    "article_id": "str",
    "sentence_id": "int64",
    "tone": "str",
    "word": "str",
    "start": "int64",
    "end": "int64",
}
ARTICLE_SCORES: Columns = {
    "article_id": "str",
    "compound": "float64",
    "title_compound": "float64",
    "body_compound": "float64",  # lead and body
    "scored_share": "float64",
    "lead_compound": "float64",
    "rest_compound": "float64",  # body after the lead
}
ACTORS: Columns = {
    "actor_id": "str",
    "name": "str",
    "kind": "str",
    "side": "str",
    "alias": "str",
    "how": "str",  # alias, surname, role, metonym, demonym; exclude: a string that must not match
    "valid_from": "str",
    "valid_to": "str",
}
MENTIONS: Columns = {
    "article_id": "str",
    "sentence_id": "int64",
    "actor_id": "str",
    "surface": "str",
    "how": "str",  # as of ACTORS; with no actor_id ambiguous or unresolved
    "part": "str",
    "start": "int64",
    "end": "int64",
    "candidates": "str",  # who may be meant where it is nobody's, joined by "; "
}
SUGGESTIONS: Columns = {
    "name": "str",
    "kind": "str",  # a guess
    "count": "int64",
    "articles": "int64",
    "variants": "str",  # other forms, joined by "; "
    "example": "str",
    "article_id": "str",  # of the example
}
MENTION_COUNTS: Columns = {"article_id": "str", "actor_id": "str", "mentions": "int64", "present": "bool"}
QUOTES: Columns = {
    "article_id": "str",
    "sentence_id": "int64",
    "kind": "str",  # direct, indirect, mixed
    "speaker": "str",
    "as_written": "str",
    "actor_id": "str",
    "cue": "str",
    "leaning": "str",
    "content": "str",
    "part": "str",
    "start": "int64",
    "end": "int64",
}
SPEAKERS: Columns = {
    "speaker": "str",
    "actor_id": "str",
    "quotes": "int64",
    "articles": "int64",
    "words": "int64",
    "share": "float64",
    "direct": "int64",
    "indirect": "int64",
    "mixed": "int64",
}
COMPANY: Columns = {"actor": "str", "other": "str", "n": "int64", "articles": "int64"}
UNHEARD: Columns = {"actor_id": "str", "name": "str", "kind": "str", "mentions": "int64", "articles": "int64"}
DUPLICATES: Columns = {
    "article_id": "str",
    "group": "str",  # article_id of the group's representative, its own where it is alone
    "representative": "bool",
    "similarity": "float64",  # to the representative
    "kind": "str",  # unique, exact, near
    "size": "int64",  # articles in the group
}
DUPLICATE_COUNTS: Columns = {"article_id": "str", "category": "str", "present": "bool"}
ANSWERS: Columns = {"article_id": "str", "category": "str", "present": "bool", "score": "float64"}
CODINGS: Columns = {"article_id": "str", "coder": "str", "variable": "str", "value": "str"}
AGREEMENT: Columns = {
    "variable": "str",
    "level": "str",  # nominal, ordinal, interval
    "coders": "int64",
    "units": "int64",  # articles coded by two or more
    "codings": "int64",  # of those articles
    "alpha": "float64",
    "low": "float64",
    "high": "float64",
    "percent": "float64",
    "ac1": "float64",
    "prevalence": "float64",
    "note": "str",
}
CONFUSION: Columns = {"category": "str", "n": "int64", "tp": "int64", "fp": "int64", "fn": "int64", "tn": "int64"}
THRESHOLDS: Columns = {
    "category": "str",
    "at_least": "float64",
    "precision": "float64",
    "recall": "float64",
    "f1": "float64",
}
CORRECTED: Columns = {
    "category": "str",
    "n": "int64",
    "gold": "int64",
    "raw": "float64",
    "raw_low": "float64",
    "raw_high": "float64",
    "corrected": "float64",
    "low": "float64",
    "high": "float64",
    "sensitivity": "float64",
    "specificity": "float64",
    "method": "str",
    "note": "str",
}
ERRORS: Columns = {"category": "str", "article_id": "str", "found_by": "str"}  # machine, people
DISAGREEMENTS: Columns = {"variable": "str", "article_id": "str", "values": "str"}
KEYNESS: Columns = {
    "group": "str",
    "word": "str",
    "count": "int64",
    "articles": "int64",  # of the group, that hold the word
    "reference_count": "int64",
    "reference_articles": "int64",
    "rate": "float64",  # per 1,000 words
    "reference_rate": "float64",
    "g2": "float64",  # below 0 where the group uses the word less
    "log_ratio": "float64",  # binary logarithm
    "low": "float64",  # of log_ratio
    "high": "float64",
    "design_effect": "float64",
    "p": "float64",  # corrected for the number of rows
}
MODEL_FRAMES: Columns = {
    "frame": "str",
    "n": "int64",  # coded articles
    "positives": "int64",
    "bias": "float64",
    "threshold": "float64",
    "note": "str",
}
FRAME_SCORES: Columns = {"article_id": "str", "frame": "str", "present": "bool", "score": "float64"}
TELLING_WORDS: Columns = {"frame": "str", "word": "str", "weight": "float64"}
FRAME_TRIALS: Columns = {
    "frame": "str",
    "n": "int64",  # coded articles
    "positives": "int64",
    "precision": "float64",
    "recall": "float64",
    "f1": "float64",
    "low": "float64",
    "high": "float64",
    "threshold": "float64",  # median of the folds
    "average_precision": "float64",
    "note": "str",
}
LEARNING_CURVE: Columns = {
    "frame": "str",
    "n": "int64",  # coded articles learned from
    "f1": "float64",
    "low": "float64",
    "high": "float64",
    "kind": "str",  # measured, expected
    "note": "str",
}
SUMMARY: dict[str, str] = {
    "group": "str",
    "category": "str",
    "n": "int64",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "method": "str",
}
COMPARISON: Columns = {
    "run": "str",
    "report": "str",
    "outlet": "str",
    "period": "str",
    "varied": "str",
    "figure": "int64",
    "caption": "str",
    **SUMMARY,
    "name": "str",  # of the category, in words
}
CHANGES: Columns = {
    "report": "str",
    "outlet": "str",
    "period": "str",
    "varied": "str",
    "figure": "int64",
    "group": "str",
    "category": "str",
    "then_n": "float64",  # missing where the row is new
    "n": "float64",  # missing where the row is gone
    "then": "float64",
    "now": "float64",
    "difference": "float64",
}
SALIENCE: Columns = SUMMARY | {"sentences": "int64"}
MARKS = {"true": 1.0, "yes": 1.0, "1": 1.0, "1.0": 1.0, "false": 0.0, "no": 0.0, "0": 0.0, "0.0": 0.0}


def as_table(rows: Iterable[Iterable], columns: Columns) -> pd.DataFrame:
    """Make a table of `rows`, its columns and dtypes as stated, also when there is no row."""
    with uncollected():
        return pd.DataFrame(list(rows), columns=list(columns)).astype(dict(columns))


def require(table: pd.DataFrame, columns: Iterable[str], source: str) -> pd.DataFrame:
    """Return `table` unchanged if it has `columns`; raise TableError naming what it lacks."""
    if not isinstance(table, pd.DataFrame):
        raise TableError(f"{source} must be a pandas DataFrame, not {type(table).__name__}.")
    missing = [column for column in columns if column not in table.columns]
    if missing:
        found = ", ".join(map(str, table.columns)) or "no columns"
        raise TableError(f"{source} lacks {', '.join(missing)}. Found: {found}. Rename or add the columns.")
    return table


def places_of(sentences: pd.DataFrame) -> Iterator[tuple[str, int, str, int, str]]:
    """Yield (article_id, sentence_id, part, start, text) of each sentence; without `start`, offsets begin at 0."""
    require(sentences, ["article_id", "sentence_id", "text"], source="sentences")
    starts = sentences["start"].tolist() if "start" in sentences.columns else [0] * len(sentences)
    ids, parts, texts = (texts_of(sentences, column) for column in ("article_id", "part", "text"))
    yield from zip(ids, sentences["sentence_id"].tolist(), parts, starts, texts, strict=True)


def texts_of(table: pd.DataFrame, column: str) -> list[str]:
    """Return a column as a list of str, "" where the column or a value is missing."""
    if column not in table.columns:
        return [""] * len(table)
    values = table[column].tolist()  # all at once: one by one, each would be taken out of its storage by itself
    return [value if isinstance(value, str) else "" if pd.isna(value) else str(value) for value in values]


def marks_of(table: pd.DataFrame, column: str) -> pd.Series:
    """Return a column of yes and no as 1.0 and 0.0, NaN where it is missing; raise TableError for anything else."""
    values = require(table, [column], source="the table")[column]
    if values.dtype == bool:
        return values.astype(float)
    marks = {value: MARKS.get(str(value).strip().lower()) for value in values.dropna().unique()}
    if wrong := [value for value, mark in marks.items() if mark is None]:
        raise TableError(f"{column} holds {wrong[0]!r}. Write true or false, or 1 or 0.")
    return values.map(marks).astype(float)
