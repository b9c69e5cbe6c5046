"""Findings: a summary -> sentences that say no more than was measured."""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from toolkit.extents import encode
from toolkit.keywords import SURE, select_key_words
from toolkit.layout import unsigned_zero
from toolkit.ledger import DROPPED, KEPT
from toolkit.robustness import flips
from toolkit.summary import UNKNOWN, Labels, article_lengths, have_text, label_of
from toolkit.voices import NOBODY

NOT_VALIDATED = "NOT VALIDATED on this corpus"
MOST_TIED = 3  # outlets named as the largest
GOOD, TENTATIVE = 0.8, 2 / 3  # of alpha (Krippendorff 2019)
SPOKEN = 12  # values said in words
MOST_WORDS, MOST_APART = 3, 8  # key words said of a group, and groups of which they are said
PERIOD = re.compile(r"\d{4}(-\d\d){0,2}")
LEAST_COMPARED = 10  # articles a group needs to be compared in a sentence


def count(number: int, noun: str) -> str:
    """Write a number and its noun: 1 article, 2 articles, 1,204 articles."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def period(articles: pd.DataFrame) -> str:
    """Write the first and the last local day of publication."""
    days = pd.Series(articles["published_local"].unique(), dtype="str").str[:10]
    first, last = (days[days != ""].agg(ends) for ends in ("min", "max"))
    if pd.isna(first):
        return "no dates"
    return first if first == last else f"{first} to {last}"


def corpus_facts(
    corpus: str,
    articles: pd.DataFrame,
    ledger: pd.DataFrame,
    aside: pd.DataFrame | None = None,
    validation: str = NOT_VALIDATED,
) -> dict[str, str]:
    """Return what stands under a report's title: corpus, articles, outlets, period, what was dropped or set aside."""
    left = {"Set aside": say_aside(aside)} if aside is not None else {}
    if unknown := int((articles["language"] == "").sum()) if aside is not None else 0:
        left["Language unknown"] = f"of {count(unknown, 'article')}, scored all the same"
    outlets = sorted(set(articles["outlet"].unique()) - {""})
    return {
        "Corpus": Path(corpus).name,
        "Articles": f"{_selected(articles, ledger)}{'' if len(articles) > 1 else ', so no interval'}",
        **left,
        "Outlets": f"{len(outlets)}: {', '.join(outlets[:8])}{' ...' if len(outlets) > 8 else ''}"
        if outlets
        else "none named",
        "Period": period(articles),
        "Units read": f"{len(ledger):,}, of them {(ledger['status'] == DROPPED).sum():,} dropped",
        "Validation": validation,
    }


def _selected(articles: pd.DataFrame, ledger: pd.DataFrame) -> str:
    kept = int((ledger["status"] == KEPT).sum())
    return f"{len(articles):,}" if len(articles) == kept else f"{len(articles):,} selected of {kept:,}"


def say_aside(aside: pd.DataFrame) -> str:
    """Say how many articles were set aside before scoring, and why."""
    reasons = aside["reason"].value_counts()
    return "; ".join(f"{times:,} {reason}" for reason, times in reasons.items()) or "none"


def say_basis(articles: pd.DataFrame, summary: pd.DataFrame) -> str:
    """Say for a caption how many articles a figure rests on, and what its lines are, or why there are none.

    Those without a value, such as any quote, are not counted, and those without a date are said to be.
    """
    sizes = summary.groupby("group")["n"].max()
    n = min(int(sizes.sum()), len(articles))  # parts of an article are no groups of articles
    rests = count(n, "article") if n == len(articles) else f"{n:,} of {count(len(articles), 'article')}"
    if (undated := int(sizes.get(UNKNOWN, 0))) and all(map(PERIOD.fullmatch, sizes.index.drop(UNKNOWN))):
        rests += f", {undated:,} without a date"
    bounded, drawn = summary["low"].notna(), summary["value"].notna()
    lines = "with 95% intervals" if bounded.any() else "no interval"
    some = ", where there are enough articles for one" if bounded.any() and not bounded[drawn].all() else ""
    return f"n = {rests}, {lines}{some}"


def say_values(summary: pd.DataFrame, labels: Labels | None = None, form: str = "{:.0%}") -> str:
    """Say the values of a figure in words, the largest first, for those who cannot see it."""
    rows = summary.dropna(subset="value").sort_values("value", ascending=False).head(SPOKEN)
    several = rows["group"].nunique() > 1
    values = (
        f"{label_of(row.category, labels)}{f' in {row.group}' if several else ''} {form.format(row.value)}"
        for row in rows.itertuples()
    )
    said = "; ".join(values) or "no value"
    return said if len(summary) <= SPOKEN else f"{said}; and {len(summary) - SPOKEN} more, in the table"


def _times(values: pd.Series) -> pd.Series:
    """Return how often each value stands, most first."""
    codes, names = encode(values)
    return pd.Series(np.bincount(codes, minlength=len(names)), names).sort_values(ascending=False, kind="stable")


def say_corpus(articles: pd.DataFrame, ledger: pd.DataFrame) -> list[str]:
    """Say how much was read, what was dropped, and what is missing."""
    dropped = ledger[ledger["status"] == DROPPED]
    reasons = "; ".join(f"{reason} ({times})" for reason, times in _times(dropped["reason"]).items())
    read = f"{count(len(ledger), 'unit')} read: {len(ledger) - len(dropped):,} kept, {len(dropped):,} dropped"
    words = article_lengths(articles[have_text(articles)])
    spread = (
        f"; the median article has {words.median():,.0f}, the shortest {words.min():,}, the longest {words.max():,}"
    )
    outlets = _times(articles["outlet"]).drop("", errors="ignore")
    sentences = [
        f"{count(len(articles), 'article')} of {count(len(outlets), 'outlet')}, {period(articles)}, "
        f"{count(int(words.sum()), 'word')}{spread if len(words) > 1 else ''}.",
        f"{read}{': ' + reasons if reasons else ''}.",
    ]
    if len(outlets) > 1:
        most = int(outlets.iloc[0])
        tied = outlets.index[outlets == most]
        first = " and ".join(tied) if len(tied) <= MOST_TIED else f"{len(tied)} outlets"
        sentences.append(
            f"Largest outlet here: {first}, {count(most, 'article')} ({most / len(articles):.0%})"
            f"{' each' if (outlets == most).sum() > 1 else ''}."
        )
    sentences += _say_languages(articles)
    if bare := len(articles) - len(words):
        sentences.append(f"{count(bare, 'article')} without a text: known by title or address alone, never scored.")
    missing = {name: int((articles[name] == "").sum()) for name in ("title", "outlet", "section", "author", "url")}
    missing["date"] = int(articles["published"].isna().sum())
    gaps = [f"{name} in {number}" for name, number in missing.items() if number]
    sentences.append(
        f"Missing of {len(articles)}: {', '.join(gaps)}." if gaps else "No article lacks a title, date or outlet."
    )
    return sentences


def say_validation(agreed: pd.DataFrame, accuracy: pd.DataFrame) -> str:
    """Say for a report's title on how much human coding it rests, or that it rests on none.

    `agreed` as from `agreement`, `accuracy` as from `score_accuracy`; means are over the variables that have a figure.
    """
    f1 = accuracy[accuracy["category"] == "f1"]
    if f1["value"].isna().all():
        return NOT_VALIDATED
    alphas, coders = agreed["alpha"].dropna(), int(agreed["coders"].max()) if len(agreed) else 1
    people = count(coders, "coder") if coders > 1 else "one coder"
    agreement = f"mean alpha {alphas.mean():.2f}" if len(alphas) else "no alpha"
    fewest, most = f1["n"].min(), f1["n"].max()
    n = f"{most:,}" if fewest == most else f"{fewest:,} to {most:,}"
    agree = alphas.empty or alphas.mean() >= TENTATIVE
    stamp = "validated on this corpus" if agree else "coded on this corpus, but not reliably"
    return f"{stamp}: n = {n}, {people}, {agreement}, mean F1 {f1['value'].mean():.2f}"


def say_agreement(agreed: pd.DataFrame) -> list[str]:
    """Say which variables coders agree on well enough, by the usual bounds, and which were not tested."""
    if agreed.empty:
        return ["No codings are named. Draw a sample with: toolkit sample CORPUS --codebook FILE --out FOLDER"]
    known = agreed.dropna(subset="alpha")
    groups = {
        "Alpha of .80 or more, good": known[known["alpha"] >= GOOD],
        "Alpha of .667 to .80, for tentative conclusions": known[known["alpha"].between(TENTATIVE, GOOD, "left")],
        "Alpha below .667, not reliable": known[known["alpha"] < TENTATIVE],
        "No alpha": agreed[agreed["alpha"].isna()],
    }
    return [f"{what}: {', '.join(map(label_of, rows['variable']))}." for what, rows in groups.items() if len(rows)]


def say_accuracy(accuracy: pd.DataFrame) -> list[str]:
    """Say what is found best and worst, by F1 against what people coded, and what cannot be said."""
    f1 = accuracy[accuracy["category"] == "f1"].sort_values("value", ascending=False, kind="stable")
    known, unknown = f1.dropna(subset="value"), f1[f1["value"].isna()]
    said = []
    if len(known):
        told = [f"{label_of(row['group'])}, F1 {_of(row)}" for _, row in known.iloc[[0, -1]].iterrows()]
        said.append(f"Found best: {told[0]}; worst: {told[1]}." if len(known) > 1 else f"Found: {told[0]}.")
    if len(unknown):
        said.append(f"Neither coded nor found, so without an F1: {', '.join(map(label_of, unknown['group']))}.")
    return said


def say_correction(corrected: pd.DataFrame) -> list[str]:
    """Say for which category the machine's errors move the share most, and where no share can be corrected."""
    known, refused = corrected.dropna(subset="corrected"), corrected[corrected["corrected"].isna()]
    said = []
    if len(known):
        row = known.loc[(known["corrected"] - known["raw"]).abs().idxmax()]
        said.append(
            f"Errors move the share of {label_of(row['category'])} most: {row['raw']:.0%} by the machine, "
            f"{row['corrected']:.0%} corrected (95% interval {row['low']:.0%} to {row['high']:.0%})."
        )
    if len(refused):
        names = ", ".join(map(label_of, refused["category"]))
        said.append(f"Too little was coded to correct the share of: {names}.")
    return said


def say_copies_unknown(articles: pd.DataFrame, duplicates: pd.DataFrame) -> list[str]:
    """Say that copies were not looked for, where there are too many articles to do so."""
    return [] if len(duplicates) else [f"Copies were not looked for among {count(len(articles), 'article')}."]


def say_read(read: pd.DataFrame, articles: pd.DataFrame) -> str:
    """Say for a caption how many articles were read for it, where not all were."""
    some = f", drawn at random from {len(articles):,}" if len(read) < len(articles) else ""
    return f"n = {count(len(read), 'article')}{some}"


def say_exact_copies(articles: pd.DataFrame) -> list[str]:
    """Say how many articles have a text that another one has word for word; near copies are for say_duplicates."""
    texts = articles.loc[articles["text"] != "", "text"]
    same = int(texts.duplicated(keep=False).sum())
    return (
        [f"{count(same, 'article')} have a text that another one has word for word; each counts here."] if same else []
    )


def _say_languages(articles: pd.DataFrame) -> list[str]:
    """Say which languages the articles are in, where it is more than one or not known of all."""
    languages = _times(articles.loc[have_text(articles), "language"]).rename({"": "unknown"})
    languages = languages.groupby(level=0, sort=False).sum()
    if len(languages) < 2 and "unknown" not in languages:
        return []
    return [f"Languages: {', '.join(f'{code} {times:,}' for code, times in languages.items())}."]


def say_shares(overall: pd.DataFrame, grouped: pd.DataFrame, noun: str, labels: Labels | None = None) -> list[str]:
    """Say which categories stand in most articles, and where the groups differ most."""
    top = overall.sort_values("value", ascending=False, kind="stable").reset_index(drop=True)
    found = [label_of(row.category, labels) for row in top.itertuples() if row.value > 0]
    none = [label_of(row.category, labels) for row in top.itertuples() if row.value == 0]
    if not found:
        return [f"No {noun} of those looked for was found."]
    absent = [f"Not found: {', '.join(none)}."] if none else []
    if top["n"].max() == 1:
        one = f"Found in the one article: {', '.join(found)}. n = 1, so these are no shares, and there is no interval."
        return [one, *absent]
    sentences = [f"Most frequent {noun}: {_share(top.iloc[0], labels)}."]
    if others := [_share(row, labels) for _, row in top.iloc[1:3].iterrows() if row["value"] > 0]:
        sentences.append(f"Next: {'; '.join(others)}.{_close(top.iloc[0], top.iloc[1], labels)}")
    return sentences + absent + _widest(grouped, labels)


def _close(first: pd.Series, second: pd.Series, labels: Labels | None) -> str:
    """Say where the first two of a ranking may as well stand the other way round."""
    if pd.isna(first["low"]) or first["low"] > second["high"]:
        return ""
    one, other = label_of(first["category"], labels), label_of(second["category"], labels)
    return f" The intervals of {one} and {other} overlap: which comes first may be chance."


def _share(row: pd.Series, labels: Labels | None) -> str:
    number = round(row["value"] * row["n"])
    return f"{label_of(row['category'], labels)}, {number} of {count(row['n'], 'article')} ({_of(row)})"


def _of(row: pd.Series) -> str:
    interval = (
        f", 95% interval {row['low']:.0%} to {row['high']:.0%}" if pd.notna(row["low"]) else "; n = 1, no interval"
    )
    return f"{row['value']:.0%}{interval}"


def _widest(grouped: pd.DataFrame, labels: Labels | None) -> list[str]:
    """Say for which category two groups of enough articles lie furthest apart."""
    _, remark = comparable(grouped)
    apart = furthest_apart(grouped)
    if apart is None:
        return [remark] if remark else []
    low, high = apart
    if low["value"] == high["value"]:
        return ["No difference between groups."]
    found = (
        f"Groups differ most in {label_of(high['category'], labels)}: "
        f"{high['group']} {_of(high)}, n = {high['n']}, "
        f"against {low['group']} {_of(low)}, n = {low['n']}. {say_overlap(low, high)}"
    )
    return [found, remark] if remark else [found]


def furthest_apart(grouped: pd.DataFrame) -> tuple[pd.Series, pd.Series] | None:
    """Return the two rows of a category, the lower first, between which groups of enough articles differ most."""
    large, _ = comparable(grouped)
    if large["group"].nunique() < 2:
        return None
    spans = large.groupby("category", sort=False)["value"].agg(lambda values: values.max() - values.min())
    rows = large[large["category"] == spans.idxmax()].sort_values("value", kind="stable")
    return rows.iloc[0], rows.iloc[-1]


def say_robustness(differences: pd.DataFrame, groups: tuple[str, str]) -> list[str]:
    """Say whether a difference between two groups keeps its sign, and its interval off zero, by other rules."""
    main, turned = differences.iloc[0], flips(differences)
    clear = differences[(differences["low"] > 0) | (differences["high"] < 0)]
    said = (
        f"By the main specification {groups[0]} lies {main['value'] * 100:+.0f} points from {groups[1]} in "
        f"{label_of(main['category'])} (95% interval {main['low'] * 100:+.0f} to {main['high'] * 100:+.0f})."
    )
    sign = f"the sign turns in {len(turned)}: {', '.join(turned)}" if turned else "the sign never turns"
    others = count(len(differences) - 1, "other specification")
    away = f"the interval keeps off zero in {len(clear)} of all {len(differences)}"
    return [said, f"Of {others}, {sign}; {away}."]


def comparable(grouped: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the groups of enough articles to be compared, and a remark on those that are left out."""
    grouped = grouped[grouped["group"] != UNKNOWN]  # which is no group, but what lacks one
    large = grouped[(grouped["n"] >= LEAST_COMPARED) & grouped["value"].notna()]
    small = [str(group) for group in grouped["group"].unique() if group not in set(large["group"])]
    if grouped["group"].nunique() < 2 or not small:
        return large, ""
    if large["group"].nunique() < 2:
        return large, f"Groups are not compared: fewer than two have {LEAST_COMPARED} articles or more."
    named = ", ".join(small[:5]) + (f" and {len(small) - 5} more" if len(small) > 5 else "")
    return large, f"Not compared, with fewer than {LEAST_COMPARED} articles: {named}."


def say_overlap(low: pd.Series, high: pd.Series) -> str:
    """Say whether the intervals of two values overlap, and what follows."""
    if pd.isna(low["high"]) or pd.isna(high["low"]):
        return "One of them has no interval, so nothing can be said of the difference."
    if high["low"] > low["high"]:
        return (
            "Their intervals do not overlap. They were picked because they lie furthest apart: expect less in new data."
        )
    return "Their intervals overlap, so the difference may be chance."


def say_signed(row: pd.Series) -> str:
    """Write a mean with its sign, its interval and n."""
    spread = f", {row['low']:+.2f} to {row['high']:+.2f}" if pd.notna(row["low"]) else ""
    return unsigned_zero(f"{row['value']:+.2f}{spread}, n = {row['n']}")


def say_actors(shares: pd.DataFrame, mentions: pd.DataFrame, labels: Labels) -> list[str]:
    """Say who is named in most articles, who most often, and how many mentions stayed ambiguous or unresolved."""
    resolved = mentions[mentions["actor_id"] != ""]
    sentences = say_shares(shares, shares.head(0), "actor", labels)
    if len(resolved):
        often = resolved["actor_id"].value_counts()
        sentences.append(
            f"{label_of(often.index[0], labels)} is mentioned most often: {often.iloc[0]:,} "
            f"of {count(len(resolved), 'mention')} ({often.iloc[0] / len(resolved):.0%})."
        )
    surnames, unclear = (resolved["how"] == "surname").mean() if len(resolved) else 0, len(mentions) - len(resolved)
    sentences.append(
        f"{surnames:.0%} of mentions are by surname alone; "
        f"{count(unclear, 'mention')} stayed ambiguous or unresolved and count for nobody."
    )
    return sentences


def say_heard(speakers: pd.DataFrame, times: pd.DataFrame, unheard: pd.DataFrame) -> list[str]:
    """Say who is heard most, how much of the speech is indirect and nobody's, and who is named but never heard.

    `speakers` as from `rank_speakers`, `times` as from `quotes_by` over all articles together, `unheard` as from
    `never_heard`.
    """
    quotes, words = int(speakers["quotes"].sum()), int(speakers["words"].sum())
    if not quotes:
        return ["Nobody is quoted, directly or indirectly."]
    known = speakers[speakers["speaker"] != NOBODY]
    said = []
    if len(known):
        first = known.iloc[0]
        row = times[times["category"] == first["speaker"]]
        bounds = row.iloc[0] if len(row) else pd.Series({"value": first["share"], "low": float("nan"), "n": 1})
        said.append(
            f"Heard longest: {first['speaker']}, {first['words']:,} of {count(words, 'attributed word')} "
            f"({_of(bounds)}), in {count(int(first['quotes']), 'quote')} of {count(int(first['articles']), 'article')}."
        )
    indirect = int(speakers["indirect"].sum() + speakers["mixed"].sum())
    said.append(f"{indirect / quotes:.0%} of {count(quotes, 'quote')} are reported, wholly or in part, in other words.")
    if nobody := int(speakers.loc[speakers["speaker"] == NOBODY, "quotes"].sum()):
        said.append(f"{count(nobody, 'quote')} could be given to nobody.")
    if len(unheard):
        most = unheard.head(3)
        names = ", ".join(f"{name} ({n:,})" for name, n in zip(most["name"], most["mentions"], strict=True))
        said.append(f"Named but never heard: {count(len(unheard), 'actor')} of the registry, most often {names}.")
    return said


def say_duplicates(duplicates: pd.DataFrame, shares: pd.DataFrame, threshold: float = 0.6) -> list[str]:
    """Say how many articles repeat a text, how many texts there are, and which outlets share most of theirs.

    `duplicates` as found with `threshold`; `shares` are those of `count_duplicates` by outlet. No interval is said:
    this is a count of the articles in hand. Where none were looked for, nothing is said.
    """
    if duplicates.empty:
        return []
    kinds = duplicates["kind"].value_counts()
    exact, near = int(kinds.get("exact", 0)), int(kinds.get("near", 0))
    basis = f"at a similarity of {threshold:g} or more"
    limits = "This counts the articles in hand, at this threshold; copy that was cut or rewritten may lie below it."
    if not exact + near:
        return [f"No two of {count(len(duplicates), 'article')} have nearly the same text, {basis}.", limits]
    largest = count(int(duplicates["size"].max()), "article")
    groups = count(int(duplicates.loc[duplicates["size"] > 1, "group"].nunique()), "group")
    sentences = [
        f"{count(exact + near, 'article')} of {len(duplicates):,} ({(exact + near) / len(duplicates):.0%}) "
        f"{'have' if exact + near > 1 else 'has'} a text that stands more than once, {basis}: "
        f"{exact:,} in the same words, {near:,} nearly.",
        f"They form {groups}, the largest of {largest}. "
        f"With each text counted once, {count(int(duplicates['representative'].sum()), 'article')} remain.",
    ]
    return [*sentences, *_carried(shares[shares["category"] == "shared"]), limits]


def _carried(shares: pd.DataFrame) -> list[str]:
    """Say how many articles have a text of several outlets, and in which outlets the share is largest and smallest."""
    shared, n = int((shares["value"] * shares["n"]).round().sum()), int(shares["n"].sum())
    if shares["group"].nunique() < 2:
        return []
    sentences = [f"{count(shared, 'article')} ({shared / n:.0%}) stand in more than one outlet."]
    large, remark = comparable(shares)
    rows = large.sort_values("value", kind="stable")
    if shared and len(rows) > 1:
        most, least = (f"{row['group']} ({row['value']:.0%} of {row['n']})" for row in (rows.iloc[-1], rows.iloc[0]))
        sentences.append(f"Largest share: {most}; smallest: {least}.")
    return [*sentences, *([remark] if shared and remark else [])]


def say_keyness(table: pd.DataFrame) -> list[str]:
    """Say which words set each group apart by `keyness`, how far and how surely, and what that does not tell."""
    if table.empty:
        return ["No words are compared: that takes two groups with texts, and words that stand in enough articles."]
    words = select_key_words(table, MOST_WORDS)
    groups = list(dict.fromkeys(table["group"]))
    apart = [group for group in groups if group in set(words["group"])]
    sentences = [_said_apart(words[words["group"] == group]) for group in apart[:MOST_APART]]
    if len(apart) > MOST_APART:
        sentences.append(f"{count(len(apart) - MOST_APART, 'more group')} with key words, in the table.")
    if alike := [group for group in groups if group not in apart]:
        named = ", ".join(alike[:MOST_APART]) + (" and others" if len(alike) > MOST_APART else "")
        sentences.append(f"No word is used surely more often in: {named}.")
    sure = int((table["p"] < SURE).sum())
    return [
        *sentences,
        f"Of {count(len(table), 'comparison')} of a word in a group, {sure:,} show a difference; one in twenty of "
        "these is expected to be chance. That words come in bunches is allowed for.",
        "A key word tells what a group writes of, or how, against these others and no more; its sentences tell why.",
    ]


def _said_apart(words: pd.DataFrame) -> str:
    said = "; ".join(_key_word(row) for _, row in words.iterrows())
    return f"What sets {words['group'].iloc[0]} apart: {said}."


def _key_word(row: pd.Series) -> str:
    found = f'"{row["word"]}", {count(row["count"], "time")} in {count(row["articles"], "article")}'
    if not row["reference_count"]:
        return f"{found}, elsewhere never"
    low, ratio, high = (f"{2 ** row[name]:,.1f}" for name in ("low", "log_ratio", "high"))
    return f"{found}, {ratio} times as often as elsewhere (95% interval {low} to {high})"
