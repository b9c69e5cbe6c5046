"""Lexicons: words that a user adds to VADER's, scores otherwise, or takes out, from a CSV file.

VADER matches single words alone, in lower case and without punctuation at their ends, so that any other entry would
never fire: it is refused with the reason.
"""

import csv
from collections.abc import Iterator
from math import isnan
from pathlib import Path

import pandas as pd

from toolkit.errors import CodebookError
from toolkit.paths import resolve
from toolkit.tables import LEXICON, as_table, require, texts_of
from toolkit.vader import BOOSTER_DICT, NEGATIONS, lower_of, package

REMOVE = ("", "remove")
MOST = 4.0  # the scale of VADER's raters, either way


def load_lexicon(path: str | Path) -> pd.DataFrame:
    """Read changes to VADER's lexicon from a CSV file with the columns term and score, one row per word.

    Columns: term (in lower case), score (-4 to 4; missing where the word is taken out: in the file, an empty score or
    the word "remove"). Raises CodebookError with file and line for a phrase, a term that VADER could never match, one
    that stands twice, a booster or negation, and a score that is no number from -4 to 4. For the manifest of a report,
    hand over the path: `make_manifest` tells the file's SHA-256.
    """
    path = resolve(path)
    lines: dict[str, int] = {}
    rows = []
    for line, term, score in _entries(path):
        fault = _fault(term) or (f"stands in line {lines[term]} too. Delete one" if term in lines else "")
        if fault:
            raise CodebookError(f"{path.name}:{line}: {term[:60]!r} {fault}.")
        lines[term] = line
        rows.append((term, float("nan") if score.lower() in REMOVE else _number(score, term, f"{path.name}:{line}")))
    return as_table(rows, LEXICON)


def _entries(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield line, term and score of each row that holds anything."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = [name.strip().lower() for name in next(reader, [])]
            if not {"term", "score"} <= set(header):
                raise CodebookError(f"{path.name}:1: a lexicon needs the columns term and score. Write: term,score")
            places = header.index("term"), header.index("score")
            for row in reader:
                if any(map(str.strip, row)):
                    term, score = (row[place].strip() if place < len(row) else "" for place in places)
                    yield reader.line_num, term.lower(), score
    except UnicodeDecodeError:
        raise CodebookError(f"{path.name}: not UTF-8. Save the file as UTF-8.") from None
    except (OSError, csv.Error) as error:
        raise CodebookError(f"{path.name}: cannot be read as CSV: {error}.") from None


def _fault(term: str) -> str:
    """Say why a term cannot be an entry, "" where it can."""
    if not term:
        return "is no word. Write one, or delete the line"
    if len(term.split()) > 1:
        return "is a phrase, and VADER matches single words alone. Enter the word that carries the tone"
    if not package().emojis.keys().isdisjoint(term):
        return "holds an emoji, which VADER reads as its description. Enter a word of that"
    if lower_of(term) != term:
        return f"would never match, as punctuation is taken off words. Enter {lower_of(term)!r}"
    if term in BOOSTER_DICT or term in NEGATIONS:
        return "strengthens, weakens or negates other words, and would cease to with a score of its own"
    return ""


def _number(score: str, term: str, place: str) -> float:
    try:
        number = float(score)
    except ValueError:
        raise CodebookError(f"{place}: {score[:40]!r} is no score for {term!r}. Write a number, or remove.") from None
    if not -MOST <= number <= MOST:
        raise CodebookError(f"{place}: {score[:40]} for {term!r} is not from -4 to 4, the scale of VADER.")
    return number


def with_changes(lexicon: pd.DataFrame | None) -> dict[str, float]:
    """Return VADER's lexicon with the changes of a table from `load_lexicon`."""
    entries = dict(package().lexicon)
    if lexicon is not None:
        require(lexicon, LEXICON, source="lexicon")
        for term, score in zip(texts_of(lexicon, "term"), lexicon["score"].astype(float), strict=True):
            if isnan(score):
                entries.pop(term, None)
            else:
                entries[term] = score
    return entries
