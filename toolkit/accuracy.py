"""Accuracy: how often a machine's answer is that of people, by a hand-coded sample of the same corpus."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from toolkit.codings import GOLD, settle_codings
from toolkit.errors import TableError
from toolkit.extents import codes_in
from toolkit.intervals import ALIKE, BOOTSTRAP, no_interval, resample, share_interval, tails
from toolkit.summary import category_of
from toolkit.tables import CONFUSION, ERRORS, SUMMARY, THRESHOLDS, as_table, marks_of, require, texts_of

ENOUGH = 20  # articles, for an interval
MANY = 100_000  # answers, of which only those on coded articles are looked at
ANSWERED = {"article_id": "str", "category": "str", "present": "bool"}
COUNTS, SCORES = (1, 2, 3, 4, 5), (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)


def compare_to_gold(machine: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Count where machine and people agree, one row per category that people coded.

    `machine` has article_id, a category (frame, actor_id ...) and present; `gold` is a table of the same kind, or
    codings (article_id, coder, variable, value: 1 or 0), of which the value most coders gave counts. Columns: category,
    n (articles both speak of), tp, fp, fn, tn. Raises TableError where they have no article or category in common.
    """
    pairs = answer_pairs(machine, gold)
    return as_table(((name, len(cells), *cells.sum(axis=0)) for name, cells in pairs), CONFUSION)


def find_errors(machine: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """List where machine and people differ, one row per category and article: category, article_id, found_by.

    `machine` and `gold` as for `compare_to_gold`; found_by is "machine" (alone) or "people" (alone).
    """
    answers = _by_category(answers_of(machine))
    rows = [
        (name, article_id, "machine" if answers[name][article_id] else "people")
        for name, seen in _gold(gold).items()
        for article_id, present in seen.items()
        if present != answers.get(name, {}).get(article_id, present)
    ]
    return as_table(rows, ERRORS)


def score_accuracy(machine: pd.DataFrame, gold: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    """Precision, recall and F1 of a machine, one row per category and measure.

    Columns as of other summaries: group (the category), category (precision: of what the machine finds, how much people
    see too; recall: of what people see, how much it finds; f1: their harmonic mean), n (articles the measure is a share
    of; of f1 all that both coded), value, low, high (95% interval), method. Undefined where n is 0.
    """
    rows = []
    for name, cells in answer_pairs(machine, gold):
        tp, fp, fn, _ = map(int, cells.sum(axis=0))
        rows += [(name, "precision", *_share(tp, tp + fp, seed)), (name, "recall", *_share(tp, tp + fn, seed))]
        rows.append((name, "f1", len(cells), *_f1(cells, seed)))
    return as_table(rows, SUMMARY)


def _share(found: int, n: int, seed: int) -> tuple:
    return (n, found / n, *share_interval(found, n, seed)) if n else (0, np.nan, np.nan, np.nan, "undefined")


def _f1(cells: np.ndarray, seed: int) -> tuple:
    value = _measures(cells.sum(axis=0, keepdims=True).astype(float))[0, 2]
    if np.isnan(value):
        return value, np.nan, np.nan, "undefined"
    if len(cells) < ENOUGH:
        return value, *no_interval(len(cells))
    low, high = np.nanquantile(resample(cells.astype(float), seed, _measures)[:, 2], tails())
    return (value, low, high, BOOTSTRAP) if low < high else (value, np.nan, np.nan, ALIKE)


def _measures(sums: np.ndarray) -> np.ndarray:
    tp, fp, fn, _ = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.stack([tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn)], axis=1)


def compare_f1(machine: pd.DataFrame, other: pd.DataFrame, gold: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    """Difference in F1 of two machines on the articles both answer for, one row per category both answer for.

    Columns as of other summaries: group (the category), category ("F1 difference"), n (coded articles), value (F1 of
    `machine` less that of `other`), low, high (95%, both drawn together by article), method.
    """
    keys = ["article_id", "category"]
    tables = [answers_of(machine), answers_of(other, "other")]
    both = tables[0].merge(tables[1], on=keys, suffixes=("", "_other"))
    answers = [both[[*keys, name]].rename(columns={name: "present"}) for name in ("present", "present_other")]
    rows = []
    for (name, one), (_, two) in zip(*(answer_pairs(table, gold) for table in answers), strict=True):
        cells = np.hstack([one, two]).astype(float)
        value, low, high, method = _difference(cells, seed)
        rows.append((name, "F1 difference", len(cells), value, low, high, method))
    return as_table(rows, SUMMARY)


def _difference(cells: np.ndarray, seed: int) -> tuple:
    def between(sums: np.ndarray) -> np.ndarray:
        return np.nan_to_num(_measures(sums[:, :4])[:, 2]) - np.nan_to_num(_measures(sums[:, 4:])[:, 2])

    value = between(cells.sum(axis=0, keepdims=True))[0]
    if len(cells) < ENOUGH:
        return value, *no_interval(len(cells))
    low, high = np.quantile(resample(cells, seed, between), tails())
    return (value, low, high, BOOTSTRAP) if low < high else (value, np.nan, np.nan, ALIKE)


def try_thresholds(
    machine: pd.DataFrame, gold: pd.DataFrame, column: str = "sentences", at_least: Iterable[float] = ()
) -> pd.DataFrame:
    """Try what counts as present, one row per category and threshold: category, at_least, precision, recall, f1.

    A category is present where `column` of `machine` reaches the threshold; without `at_least` they are 1 to 5 for
    counts, and for shares and scores .05 to .5. A category that has no such number is left out. A threshold chosen for
    its F1 on these articles looks better than it is on others.
    """
    require(machine, [column], source="machine")
    known = machine.dropna(subset=column)
    steps = list(at_least) or (COUNTS if (known[column] % 1 == 0).all() else SCORES)
    rows = []
    for threshold in steps:
        decided = known.assign(present=known[column] >= threshold)
        for name, cells in answer_pairs(decided, gold):
            rows.append((name, float(threshold), *_measures(cells.sum(axis=0, keepdims=True).astype(float))[0]))
    return as_table(sorted(rows, key=lambda row: row[0]), THRESHOLDS)


def answer_pairs(machine: pd.DataFrame, gold: pd.DataFrame) -> list[tuple[str, np.ndarray]]:
    """Return of each category that people coded the articles both speak of, a row each with a 1 in one of four cells.

    The cells: found by both (tp), by the machine alone (fp), by people alone (fn), by neither (tn).
    """
    seen = _gold(gold)
    if not seen:
        return []
    found = _by_category(answers_of(_of_many(machine, seen)))
    names = [name for name in found if name in seen]
    if not names:
        raise TableError(
            f"machine and gold have no category in common. One has {_some(found)}; the other {_some(seen)}."
        )
    pairs = []
    for name in names:
        both = sorted(found[name].keys() & seen[name].keys())
        answers = [(found[name][article_id], seen[name][article_id]) for article_id in both]
        pairs.append(
            (name, np.array([[m and g, m and not g, g and not m, not (m or g)] for m, g in answers], dtype=int))
        )
    if not any(len(cells) for _, cells in pairs):
        raise TableError(
            "machine and gold have no article_id in common. Were the articles loaded from the same files? "
            "A report takes the sample unless --corpus names another."
        )
    return [(name, cells) for name, cells in pairs if len(cells)]


def _of_many(machine: pd.DataFrame, seen: Mapping[str, Mapping[str, bool]]) -> pd.DataFrame:
    """Return of very many answers those on articles that people coded, if there are any, since others are not asked."""
    if len(machine) <= MANY:
        return machine
    coded = pd.Index(dict.fromkeys(article_id for answers in seen.values() for article_id in answers), dtype="str")
    own = machine[codes_in(machine["article_id"], coded) >= 0]
    return own if len(own) else machine


def _gold(gold: pd.DataFrame) -> dict[str, dict[str, bool]]:
    if isinstance(gold, pd.DataFrame) and "present" in gold.columns:
        return _by_category(answers_of(gold, "gold"))
    require(gold, ["article_id", "value"], source="gold")
    codings = gold.assign(variable=texts_of(gold, category_of(gold)))
    settled = settle_codings(codings if "coder" in gold.columns else codings.assign(coder=GOLD))
    settled = settled[settled["value"] != ""]
    if wrong := sorted(set(settled["value"]) - {"0", "1"}):
        raise TableError(f"gold holds the value {wrong[0]!r}. What a machine finds or not is coded 1 or 0.")
    return _by_category(answers_of(settled.assign(present=settled["value"] == "1"), "gold"))


def _by_category(answers: pd.DataFrame) -> dict[str, dict[str, bool]]:
    found: dict[str, dict[str, bool]] = {}
    for article_id, name, present in answers.itertuples(index=False):
        found.setdefault(name, {})[article_id] = present
    return found


def answers_of(table: pd.DataFrame, source: str = "machine") -> pd.DataFrame:
    """Return yes-or-no answers in one form, one row per article and category: article_id, category, present.

    The category may stand under any name that `share_by` takes; an answer that is missing is left out. Raises
    TableError for an answer that is neither yes nor no, and for an article that is answered twice.
    """
    require(table, ["article_id", "present"], source=source)
    columns = texts_of(table, "article_id"), texts_of(table, category_of(table)), marks_of(table, "present").tolist()
    answers = pd.DataFrame(dict(zip(ANSWERED, columns, strict=True))).dropna(subset="present").astype(ANSWERED)
    if (twice := answers.duplicated(["article_id", "category"])).any():
        article_id, name, _ = answers[twice].iloc[0]
        raise TableError(f"{source} answers {name} of article {article_id!r} more than once. Keep one.")
    return answers


def _some(names: Iterable[str]) -> str:
    return ", ".join(list(names)[:5]) or "none"
