"""Instruments: what scores texts in VADER's place, by one contract, and the ways to get one without programming.

An instrument is any callable that takes a list of str and returns a table of one row per text, in order, with `score`
or `compound` (-1, negative, to 1, positive) or with `label` (negative, neutral, positive); missing where it has no
answer. It may add `words`: what it went by, joined by ", ", "" where it went by nothing. So a transformer, a dictionary
in any language and codes by hand are used alike. Instruments read texts as they are: names are masked for VADER alone.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd

from toolkit.errors import TableError, ToolkitError
from toolkit.lexicons import number_of, read_rows
from toolkit.paths import resolve
from toolkit.tables import INSTRUMENT_SCORES, as_table, require, texts_of
from toolkit.terms import WORD, Terms, longest_first, normalise_term
from toolkit.vader import N_SCALAR, REACH, normalise

Instrument = Callable[[list[str]], pd.DataFrame]

VADER = "vader"
NEGATION = "negation"
NOT_TOLD = "(not told)"  # in place of the words an instrument went by
LABELS = {"negative": -1.0, "neutral": 0.0, "positive": 1.0}


def use_instrument(instrument: Instrument, texts: Sequence[str]) -> pd.DataFrame:
    """Have an instrument score texts, one row per text in order: compound (missing where it has no answer), words.

    Where the instrument tells no words, `words` is "(not told)", and "" where there is no answer. Raises TableError
    where it breaks the contract: another number of rows, neither score nor label, a score beyond -1 to 1, an unknown
    label.
    """
    answers = require(instrument(list(texts)), [], source="what the instrument returns")
    if len(answers) != len(texts):
        raise TableError(f"the instrument returns {len(answers)} rows for {len(texts)} texts. Return one per text.")
    scores = _scores(answers)
    told = "words" in answers.columns
    words = texts_of(answers, "words") if told else np.where(np.isnan(scores), "", NOT_TOLD).tolist()
    return as_table(zip(scores, words, strict=True), INSTRUMENT_SCORES)


def _scores(answers: pd.DataFrame) -> np.ndarray:
    column = next((name for name in ("score", "compound") if name in answers.columns), "")
    if not column:
        require(answers, ["label"], source="what the instrument returns")
        names = [name.strip().lower() for name in texts_of(answers, "label")]
        if unknown := sorted(set(names) - {*LABELS, ""}):
            raise TableError(f"{unknown[0][:40]!r} is no label of tone. Return one of: {', '.join(LABELS)}.")
        return np.array([LABELS.get(name, np.nan) for name in names])
    scores = pd.to_numeric(answers[column], errors="coerce").to_numpy(dtype=float)
    lost = np.isnan(scores) & ~np.array([text.strip().lower() in ("", "nan") for text in texts_of(answers, column)])
    if (wrong := lost | (np.abs(np.nan_to_num(scores)) > 1)).any():
        raise TableError(f"{answers[column].tolist()[int(wrong.argmax())]!r} is no score from -1 to 1. Rescale scores.")
    return scores


def load_instrument(name: str) -> Instrument | None:
    """Return the instrument that `name` means; None is VADER.

    `name` is "vader" (or ""); a CSV file with the columns term and score, a dictionary (`load_dictionary`); one with
    text and score or label, codes by hand (`load_hand_codes`); or MODULE:FUNCTION, a Python function that keeps the
    contract. Raises ToolkitError for anything else.
    """
    if name.strip().lower() in ("", VADER):
        return None
    if not is_file(name):
        return _imported(*name.strip().split(":"))
    path = resolve(name)
    header = _header(path)
    if {"term", "score"} <= header:
        return load_dictionary(path)
    if "text" in header and header & {"score", "label"}:
        return load_hand_codes(path)
    raise ToolkitError(f"{path.name}: no instrument. Name the columns term, score, or text and score or label.")


def is_file(name: str) -> bool:
    """Say whether an instrument is named by a file, and neither "vader" nor MODULE:FUNCTION."""
    module, colon, function = name.strip().partition(":")
    imported = colon and all(part.isidentifier() for part in (*module.split("."), function))
    return name.strip().lower() not in ("", VADER) and not imported


def _imported(module: str, function: str) -> Instrument:
    try:
        found = getattr(import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise ToolkitError(f"{module}:{function}: cannot be imported: {error}. Put it where Python finds it.") from None
    if not callable(found):
        raise ToolkitError(f"{module}:{function}: not a function. Name one that takes a list of texts.")
    return found


def _header(path: Path) -> set[str]:
    return set(next(read_rows(path), (1, {}))[1])


def load_dictionary(path: str | Path) -> Instrument:
    """Read a dictionary of tone in any language from a CSV file: term, score, one term per row.

    A term may be a phrase, end in * (any ending) and hold ... (up to five words between); its score is from -4 to 4, as
    VADER's. Of terms that overlap the longest counts, so that "freedom party" with 0 keeps "freedom" out. A term whose
    score is "negation" turns and weakens the terms that begin within three words after it. The score of a text is its
    sum bent as VADER bends it, sum / sqrt(sum * sum + 15). Raises CodebookError with file and line for a score that is
    none.
    """
    path = resolve(path)
    entries: dict[str, float] = {}
    for line, row in read_rows(path, ("term", "score")):
        term, score = normalise_term(row["term"]), row["score"].lower()
        place = f"{path.name}:{line}"
        if not WORD.search(term) or term in entries:
            raise ToolkitError(
                f"{place}: {term[:60]!r} {'stands twice' if term in entries else 'is no word'}. Delete it."
            )
        entries[term] = np.nan if score == NEGATION else number_of(score, term, place)
    terms, values = Terms(list(entries)), list(entries.values())

    def score(texts: list[str]) -> pd.DataFrame:
        return pd.DataFrame([_look_up(text, terms, values) for text in texts], columns=["score", "words"])

    return score


def _look_up(text: str, terms: Terms, values: Sequence[float]) -> tuple[float, str]:
    found = longest_first(terms.find(text))
    total, words, denied = 0.0, [], -1
    for number, start, end in found:
        if np.isnan(values[number]):
            denied = end
        else:
            near = denied >= 0 and len(WORD.findall(text[denied:start])) < REACH
            total += values[number] * (N_SCALAR if near else 1)
            words.append(text[start:end].lower())
    return normalise(total), ", ".join(words)


def load_hand_codes(path: str | Path) -> Instrument:
    """Read codes by hand from a CSV file: text (a sentence as it stands in the sentences table), and score or label.

    A text that nobody coded has no score, and enters no mean. Texts are told apart but for their white space.
    """
    path = resolve(path)
    rows = [row for _, row in read_rows(path, ("text",))]
    column = "score" if rows and "score" in rows[0] else "label"
    codes: dict[str, str] = {}
    for row in rows:
        text = " ".join(row["text"].split())
        if codes.setdefault(text, row.get(column, "")) != row.get(column, ""):
            raise ToolkitError(f"{path.name}: {text[:60]!r} is coded in two ways. Settle it first.")

    def score(texts: list[str]) -> pd.DataFrame:
        return pd.DataFrame({column: [codes.get(" ".join(text.split()), "") for text in texts]})

    return score
