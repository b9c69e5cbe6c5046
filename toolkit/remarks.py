"""Remarks: what a reader has to know of the rule and of the codings before any figure that rests on them."""

import pandas as pd

from toolkit.codings import settle_codings
from toolkit.findings import count
from toolkit.summary import label_of
from toolkit.tables import require

MAJORITY = "majority"


def say_rule(rule: str, at_least: int = 1) -> str:
    """Say what makes a frame present, such as 2 sentences or more."""
    return "more than half of its items" if rule == MAJORITY else f"{count(at_least, rule.removesuffix('s'))} or more"


def say_coded(codings: pd.DataFrame, gold: pd.DataFrame, answers: pd.DataFrame) -> list[str]:
    """Say who coded how much, and what of it is left out of the comparison with the machine, and why.

    `codings` as read, `gold` as from `gold_of`, `answers` as from `measure_articles`.
    """
    if codings.empty:
        return []
    require(answers, ["article_id", "category"], source="answers")
    given = codings[codings["value"] != ""].groupby("coder")["article_id"].nunique()
    coders = [f"{name} ({count(int(given.get(name, 0)), 'article')})" for name in sorted(codings["coder"].unique())]
    unknown = [name for name in gold["variable"].unique() if name not in set(answers["category"])]
    elsewhere = set(gold["article_id"]) - set(answers["article_id"])
    said = [f"Coded by {', '.join(coders)}.", *_say_even(gold)]
    if unknown:
        said.append(f"Coded, but nothing the machine answers: {', '.join(unknown)}. Is it spelt as in the instrument?")
    if elsewhere:
        said.append(f"{count(len(elsewhere), 'coded article')} not among those here, and so not compared.")
    return said


def _say_even(gold: pd.DataFrame) -> list[str]:
    """Say of what articles the coders were evenly parted, and what leaving them out does to the figures."""
    settled = settle_codings(gold)
    even = settled[settled["value"] == ""]["variable"].value_counts(sort=False)
    if even.empty:
        return []
    sizes = settled["variable"].value_counts()
    told = ", ".join(f"{label_of(name)} {times} of {sizes[name]}" for name, times in even.items())
    return [
        f"Left out of what follows, because the coders were even: {told}. What is left is what they agree on, so the "
        "machine looks better than it is until these are reconciled."
    ]
