"""Measures: what is asked of an article, of people and of the machine alike: its frames, its tone, whom it names.

The sheets that people fill in, the machine's answers and the comparison of both follow from the measure, so that each
is validated in the same way.
"""

import numpy as np
import pandas as pd

from toolkit.actors import count_mentions, find_mentions
from toolkit.codebooks import load_frames
from toolkit.codings import tidy_codings
from toolkit.errors import TableError
from toolkit.extents import decode, repeat
from toolkit.framing import assessed_frames, count_frames
from toolkit.items import OF, by_item
from toolkit.registry import load_actors
from toolkit.sentences import split_sentences
from toolkit.sentiment import score_articles, score_sentences
from toolkit.tables import ANSWERS, CODINGS, as_table, require

MEASURES = ("frames", "items", "tone", "actors")
TONE = "tone"
TONES = {"-1": "negative wording", "0": "neutral wording", "1": "positive wording"}
NEUTRAL = 0.05  # compound, either way; the bounds that VADER's authors recommend
YES_OR_NO = ["0", "1"]


def variables_of(measure: str, instrument: str = "") -> list[str]:
    """Return what is coded for a measure: the frames or items of a codebook, the actors of a registry, or the tone."""
    _check(measure)
    if measure == TONE:
        return [TONE]
    if measure == "actors":
        return list(dict.fromkeys(load_actors(instrument)["actor_id"]))
    frames = load_frames(instrument)
    return assessed_frames(frames) if measure == "frames" else list(assessed_frames(by_item(frames)))


def values_of(measure: str) -> list[str]:
    """Return the values that a coder may write: 0 and 1, and for tone -1 (negative), 0 (neutral) and 1 (positive)."""
    _check(measure)
    return list(TONES) if measure == TONE else YES_OR_NO


def level_of(measure: str) -> str:
    """Return the level of measurement at which coders are compared."""
    return "ordinal" if measure == TONE else "nominal"


def measure_articles(
    measure: str,
    articles: pd.DataFrame,
    codebook: str = "",
    actors: str = "",
    at_least: int = 1,
    rule: str = "sentences",
) -> pd.DataFrame:
    """Give the machine's answers to what people are asked, one row per article and category.

    Columns: article_id, category, present, score (what a threshold could be set on). Categories: frames, items ("frame:
    item"), actors (named at least so many times), or three classes of tone. `codebook` and `actors` are files of frames
    and of actors, whose names neither show a frame nor carry tone; `rule` and `at_least` are those of `count_frames`.
    Raises TableError for an unknown measure.
    """
    _check(measure)
    sentences = split_sentences(articles)
    if measure == TONE:
        scores = score_sentences(sentences, load_actors(actors) if actors else None)
        return class_tone(score_articles(scores, sentences))
    if measure == "actors":
        registry = load_actors(actors)
        counts = count_mentions(find_mentions(sentences, registry, articles=articles), articles, registry)
        counts = counts.assign(present=counts["mentions"] >= at_least)
        return as_answers(counts, "actor_id", "mentions")
    frames = load_frames(codebook)
    if measure == "items":
        frames, rule, at_least = by_item(frames), "sentences", 1
    registry = load_actors(actors) if actors else None
    return as_answers(count_frames(sentences, frames, at_least, rule, registry), "frame")


def as_answers(counts: pd.DataFrame, category: str, score: str = "sentences") -> pd.DataFrame:
    """Return counts as answers: the column named by `category` is the category, the one named by `score` the score."""
    columns = zip(counts["article_id"], counts[category], counts["present"], counts[score], strict=True)
    return as_table(columns, ANSWERS)


def class_tone(scores: pd.DataFrame, neutral: float = NEUTRAL) -> pd.DataFrame:
    """Class articles by the mean tone of their sentences, one row per article and class: negative, neutral, positive.

    Columns as of `measure_articles`. Neutral is a compound between -`neutral` and `neutral`, both left out (0.05 as
    Hutto and Gilbert 2014 recommend for single texts). The score is the compound, turned round for negative wording;
    neutral wording has none.
    """
    require(scores, ["article_id", "compound"], source="scores")
    known = scores.dropna(subset="compound")
    compound = known["compound"].to_numpy()
    found = np.column_stack([compound <= -neutral, np.abs(compound) < neutral, compound >= neutral])
    marks = np.column_stack([-compound, np.full(len(known), np.nan), compound])
    names = pd.Index([TONES[value] for value in ("-1", "0", "1")], dtype="str")
    places = np.tile(np.arange(3, dtype="int8"), len(known))
    columns = {"article_id": repeat(known["article_id"], 3)}
    columns |= {
        "category": decode(places, names, columns["article_id"]),
        "present": found.ravel(),
        "score": marks.ravel(),
    }
    return pd.DataFrame(columns)[list(ANSWERS)]


def gold_of(measure: str, codings: pd.DataFrame, at_least: int = 1, rule: str = "sentences") -> pd.DataFrame:
    """Return codings in the form that the machine's answers have: yes-or-no values of its categories.

    Tone becomes three variables. Items that people coded are folded into frames, coder by coder: by the rule items
    where `at_least` so many are 1, by majority where more than half are, by another rule where any is.
    """
    _check(measure)
    table = tidy_codings(codings)
    if measure == TONE:
        own = table[table["variable"] == TONE]
        if wrong := sorted(set(own["value"]) - set(TONES)):
            raise TableError(f"{TONE} is coded {wrong[0]!r}. It takes one of: {', '.join(TONES)}.")
        rows = [
            (row.article_id, row.coder, name, "1" if row.value == value else "0")
            for row in own.itertuples()
            for value, name in TONES.items()
        ]
        return as_table(rows, CODINGS)
    return table if measure != "frames" else _folded(table, at_least if rule == "items" else 1, rule)


def _folded(table: pd.DataFrame, at_least: int, rule: str) -> pd.DataFrame:
    itemised = np.array([OF in name for name in table["variable"]], dtype=bool)
    if not itemised.any():
        return table
    items = table[itemised]
    frame = [name.split(OF)[0] for name in items["variable"]]
    items = items.assign(variable=frame, found=items["value"] == "1")
    grouped = items.groupby(["article_id", "coder", "variable"], sort=False)["found"].agg(["sum", "mean"]).reset_index()
    present = grouped["mean"] > 0.5 if rule == "majority" else grouped["sum"] >= at_least
    grouped = grouped.assign(value=present.map({True: "1", False: "0"}))
    return pd.concat([table[~itemised], grouped[list(CODINGS)]], ignore_index=True)


def _check(measure: str) -> None:
    if measure not in MEASURES:
        raise TableError(f"{measure!r} is no measure. Use one of: {', '.join(MEASURES)}.")
