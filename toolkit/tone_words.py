"""Tone words: the lexicon words behind the scores, what each contributes, and which set two groups apart."""

import pandas as pd

from toolkit.errors import TableError
from toolkit.fired import find_fired
from toolkit.masking import mask_names
from toolkit.names import opens
from toolkit.progress import progress
from toolkit.sentiment import columns_of, straighten
from toolkit.summary import group_of
from toolkit.tables import FIRED, TELLING, TONE_WORDS, WORD_WEIGHTS, as_table, places_of, require, texts_of
from toolkit.terms import WORD

NEGATIVE, POSITIVE = "negative wording", "positive wording"


def explain_scores(
    sentences: pd.DataFrame,
    actors: pd.DataFrame | None = None,
    lexicon: pd.DataFrame | None = None,
    mask: bool = True,
) -> pd.DataFrame:
    """Say what each lexicon word contributes to its sentence's score, one row per word that fired.

    Columns: article_id, sentence_id, word (lower case), start, end (offsets as in `sentences`), valence (after the
    rules: boosters, negation, capitals, idioms, "but"). The valences of a sentence add up to the sum from which
    VADER makes the compound, sum / sqrt(sum * sum + 15), but for what exclamation and question marks add to its
    strength. Arguments as in `score_sentences`. An emoji is the place of the words that VADER reads for it.
    """
    scorer = columns_of(lexicon).scorer
    straight = straighten(sentences)
    masked = mask_names(straight, actors, scorer.lexicon) if mask else straight["text"]
    places = zip(places_of(straight), masked, strict=True)
    return as_table(
        (
            (article_id, sentence_id, fired.word, offset + fired.start, offset + fired.end, fired.valence)
            for (article_id, sentence_id, _, offset, text), read in progress(places, "words", total=len(straight))
            for fired in find_fired(text, read, scorer)
        ),
        FIRED,
    )


def weigh_words(fired: pd.DataFrame, sentences: pd.DataFrame, most: int = 20) -> pd.DataFrame:
    """Weigh the words behind the scores, one row per word, the weightiest first.

    `fired` is the table of `explain_scores` or `explain_voices`, `sentences` what they were asked of. Columns: word,
    weight (its valences per 100 sentences; over all words they add up to the mean sum), times, mean (of its valences).
    """
    grouped = require(fired, FIRED, source="fired").groupby("word")["valence"].agg(["sum", "size", "mean"])
    weights = grouped["sum"] / max(1, len(sentences)) * 100
    rows = zip(grouped.index, weights, grouped["size"], grouped["mean"], strict=True)
    return as_table(sorted(rows, key=lambda row: (-abs(row[1]), row[0]))[:most], WORD_WEIGHTS)


def tell_apart(
    fired: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    groups: tuple[str, ...],
    by: str = "outlet",
    most: int = 10,
) -> pd.DataFrame:
    """Find the words that make the difference in tone between two groups, one row per word, the weightiest first.

    `fired` is the table of `explain_scores`. Columns: word, difference (first less second), first and second (what the
    word contributes to a group's mean sum of valences per sentence), first_times and second_times (how often it fired).
    The differences of all words add up to the difference of the means; those of `most` words are returned. They are
    sums before VADER bends them to -1 to 1, for no compound can be divided among words. Without two groups, no row.
    """
    require(fired, FIRED, source="fired")
    require(sentences, ["article_id"], source="sentences")
    if len(groups) < 2:
        return as_table([], TELLING)
    group_by_id = group_of(articles, by)
    sizes = group_by_id.reindex(texts_of(sentences, "article_id")).value_counts()
    if missing := [group for group in groups if not sizes.get(group)]:
        known = ", ".join(map(str, sorted(sizes.index)[:10])) or "none"
        raise TableError(f"no sentence belongs to {missing[0]!r} by {by!r}. Use two of: {known}.")
    own = fired.assign(group=group_by_id.reindex(texts_of(fired, "article_id")).to_numpy())
    sums = own.pivot_table(index="word", columns="group", values="valence", aggfunc=["sum", "count"], fill_value=0)
    columns = pd.MultiIndex.from_product([("sum", "count"), groups])
    table = sums.reindex(columns=columns, fill_value=0)
    means = [table["sum", group] / sizes[group] for group in groups]
    rows = zip(table.index, means[0] - means[1], *means, *(table["count", group] for group in groups), strict=True)
    return as_table(sorted(rows, key=lambda row: (-abs(row[1]), row[0]))[:most], TELLING)


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
