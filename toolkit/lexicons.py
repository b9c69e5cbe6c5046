"""Lexicons: words that a user adds to VADER's, scores otherwise, or takes out, from a CSV file.

VADER matches single words alone, in lower case and without punctuation at their ends, so that any other entry would
never fire: it is refused with the reason.
"""

import csv
from collections.abc import Iterable, Iterator
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
    for line, row in read_rows(path, ("term", "score")):
        term, score = row["term"].lower(), row["score"]
        fault = _fault(term) or (f"stands in line {lines[term]} too. Delete one" if term in lines else "")
        if fault:
            raise CodebookError(f"{path.name}:{line}: {term[:60]!r} {fault}.")
        lines[term] = line
        rows.append((term, float("nan") if score.lower() in REMOVE else number_of(score, term, f"{path.name}:{line}")))
    return as_table(rows, LEXICON)


def read_rows(path: Path, columns: Iterable[str] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line and cells, by the lower-case name of their column, of each row of a CSV file that holds anything."""
    columns = tuple(columns)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = [name.strip().lower() for name in next(reader, [])]
            if not set(columns) <= set(header):
                named = " and ".join(columns)
                raise CodebookError(f"{path.name}:1: needs the columns {named}. Write: {','.join(columns)}")
            for row in reader:
                if any(map(str.strip, row)):
                    cells = [cell.strip() for cell in row] + [""] * len(header)
                    yield reader.line_num, dict(zip(header, cells, strict=False))
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


def number_of(score: str, term: str, place: str) -> float:
    """Return the score of a term on VADER's scale; raise CodebookError where it is none."""
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
