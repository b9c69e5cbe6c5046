"""Tone findings: what was measured of tone, in sentences that speak of wording and never of stance."""

import pandas as pd

from toolkit.findings import comparable, count, furthest_apart, say_overlap, say_signed
from toolkit.narration import DIRECT, INDIRECT, NARRATION
from toolkit.summary import Labels, label_of
from toolkit.towards import FEW, few_mentions

VOICES = {NARRATION: "the outlets' own words", DIRECT: "direct quotation", INDIRECT: "reported speech"}
MOST_NAMED = 3  # names said to change scores, or words said to tell groups apart


def say_voices(overall: pd.DataFrame, grouped: pd.DataFrame, shares: dict[str, float]) -> list[str]:
    """Say the tone of narration first, then that of quotation, and where narration differs.

    `overall` and `grouped` as from `mean_by_voice`, `shares` as from `share_of_voices`.
    """
    if overall.empty:
        return ["Nothing was scored."]
    rows = overall.set_index("category")
    told = [
        f"{words} {say_signed(rows.loc[voice])} articles, {shares[voice]:.0%} of all words"
        for voice, words in VOICES.items()
        if voice in rows.index
    ]
    said = [f"Mean tone of wording per article, from -1 to +1, with 95% intervals: {'; '.join(told)}."]
    narrated = grouped[grouped["category"] == NARRATION]
    _, remark = comparable(narrated)
    if apart := furthest_apart(narrated):
        low, high = apart
        said.append(
            f"In narration the wording is more negative in {low['group']} ({say_signed(low)}) than in {high['group']} "
            f"({say_signed(high)}). {say_overlap(low, high)}"
        )
    return [*said, *([remark] if remark else [])]


def pick_pair(grouped: pd.DataFrame) -> tuple[str, ...]:
    """Return the two groups of enough articles whose narration differs most, the lower first, none where two lack.

    `grouped` as from `mean_by_voice`.
    """
    apart = furthest_apart(grouped[grouped["category"] == NARRATION])
    return tuple(row["group"] for row in apart) if apart else ()


def say_words_apart(words: pd.DataFrame, groups: tuple[str, ...]) -> list[str]:
    """Say which words make the difference in tone between two groups (`tell_apart`)."""
    lower = words[words["difference"] < 0].head(MOST_NAMED)
    if lower.empty:
        return []
    told = ", ".join(f"{row.word} ({row.first_times}:{row.second_times})" for row in lower.itertuples())
    return [
        f"{count(len(lower), 'word')} weigh most for it (times in {groups[0]}, times in {groups[1]}): {told}. A word "
        "that lifts the tone of the second counts too. Ask of each whether it is the outlet's choice or the topic's."
    ]


def say_classes(grouped: pd.DataFrame) -> list[str]:
    """Say where the share of negative sentences differs most (`class_sentences`, averaged by group)."""
    apart = furthest_apart(grouped[grouped["category"] == "negative"])
    if not apart:
        return []
    low, high = apart
    return [
        f"Negative sentences, whoever's words: {_share(high)} of an article in {high['group']}, {_share(low)} in "
        f"{low['group']}. {say_overlap(low, high)}"
    ]


def _share(row: pd.Series) -> str:
    spread = f" ({row['low']:.0%} to {row['high']:.0%}, n = {row['n']})" if pd.notna(row["low"]) else ""
    return f"{row['value']:.0%}{spread}"


def say_silence(shares: pd.DataFrame, sentences: int) -> list[str]:
    """Say how many sentences hold no word of the lexicon, apart from those that are neutral with such words.

    `shares` as from `tone_shares` of all articles.
    """
    values = shares.set_index("category")["value"]
    if not len(values):
        return []
    return [
        f"Of an article's sentences (mean; {count(sentences, 'sentence')} in all) {values['no word']:.0%} hold no word "
        f"that is scored, which is not the same as balanced; {values['neutral']:.0%} hold some and come out neutral."
    ]


def say_masked(masked: pd.DataFrame) -> list[str]:
    """Say what masking names changed, over all sentences and for the names that matter most (`count_masked`)."""
    whole, names = masked.iloc[0], masked.iloc[1:]
    most = names[names["changed"] > 0].head(MOST_NAMED)
    told = "; ".join(
        f"{row.name_} {row.plain_share:.0%} to {row.share:.0%} of {count(row.sentences, 'sentence')}"
        for row in most.rename(columns={"name": "name_"}).itertuples()
    )
    said = (
        f"Masking names changed the score of {whole['changed']:,} of {count(int(whole['sentences']), 'sentence')}; "
        f"not neutral are {whole['share']:.0%} of them, where they were {whole['plain_share']:.0%} with the names"
    )
    return [f"{said}. Names that changed most: {told}." if told else f"{said}."]


def say_targets(towards: pd.DataFrame, labels: Labels | None = None) -> list[str]:
    """Say towards which actors of enough mentions the wording is most negative and most positive (`tone_towards`)."""
    enough = towards[~few_mentions(towards)].sort_values("value", kind="stable")
    few = len(towards) - len(enough)
    grey = [f"{count(few, 'actor')} with fewer than {FEW} mentions: not compared, and grey where drawn."] if few else []
    if len(enough) < 2:
        return grey
    low, high = enough.iloc[0], enough.iloc[-1]
    names = [label_of(row["category"], labels) for row in (low, high)]
    return [
        f"Wording about actors: most negative in the clauses that name {names[0]} ({say_signed(low)} articles), least "
        f"in those that name {names[1]} ({say_signed(high)} articles). {say_overlap(low, high)}",
        *grey,
    ]
