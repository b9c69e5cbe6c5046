"""Framing: which frames the sentences of an article invoke, by the terms of a codebook.

A term is evidence, not proof: a negated frame ("not a security issue") is still invoked (Lakoff 2004), while
exclusion contexts switch a term off. Every hit keeps its place, so that it can be read.
"""

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from toolkit.errors import CodebookError, TableError
from toolkit.progress import progress
from toolkit.tables import FRAME_COUNTS, FRAME_HITS, as_table, places_of, require, texts_of
from toolkit.terms import Match, Terms, longest_first

KINDS = ("include", "exclude")


def find_frames(sentences: pd.DataFrame, frames: pd.DataFrame) -> pd.DataFrame:
    """Find the terms of a codebook in sentences, one row per match.

    Columns: article_id, sentence_id, frame, item, term, start, end (offsets as in `sentences`). Within a frame the
    longest match wins and no text counts twice; a match inside an excluded phrase is no match.
    """
    entries = _entries(frames)
    terms = Terms([entry[2] for entry in entries])
    places = progress(places_of(sentences), "frames", total=len(sentences))
    rows = (
        (article_id, sentence_id, *entries[number][:3], offset + start, offset + end)
        for article_id, sentence_id, _, offset, text in places
        for number, start, end in _counted(terms.find(text), entries)
    )
    return as_table(rows, FRAME_HITS)


def _entries(frames: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    """Return (frame, item, term, kind), exclusions first so that they win a tie; item and kind may be missing."""
    require(frames, ["frame", "term"], source="frames")
    columns = texts_of(frames, "frame"), texts_of(frames, "item"), texts_of(frames, "term"), _kinds(frames)
    entries = [entry for entry in zip(*columns, strict=True) if entry[2].strip() and entry[3] in KINDS]
    if not any(kind == "include" for *_, kind in entries):
        raise CodebookError("the codebook has no term to look for. Give at least one frame a term of kind include.")
    return sorted(entries, key=lambda entry: entry[3] != "exclude")


def _counted(matches: list[Match], entries: list[tuple[str, str, str, str]]) -> Iterator[Match]:
    by_frame: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        by_frame[entries[match[0]][0]].append(match)
    for found in by_frame.values():
        yield from (match for match in longest_first(found) if entries[match[0]][3] == "include")


def count_frames(sentences: pd.DataFrame, frames: pd.DataFrame, at_least: int = 1) -> pd.DataFrame:
    """Count the frames of articles, one row per article and frame, zeros kept.

    Columns: article_id, frame, hits, sentences (how many hold a hit), present (at least `at_least` sentences hold
    one). An article may show several frames, or none.
    """
    return count_hits(find_frames(sentences, frames), sentences, frames, at_least)


def count_hits(hits: pd.DataFrame, sentences: pd.DataFrame, frames: pd.DataFrame, at_least: int = 1) -> pd.DataFrame:
    """Count hits already found: the same table as `count_frames`, without searching the text again."""
    if at_least < 1:
        raise TableError(f"at_least must be 1 or more, not {at_least}: with 0, every article would show every frame.")
    articles, names = list(dict.fromkeys(texts_of(sentences, "article_id"))), assessed_frames(frames)
    every = pd.MultiIndex.from_product([articles, names], names=["article_id", "frame"])
    grouped = hits.groupby(["article_id", "frame"])["sentence_id"]
    counts = pd.DataFrame({"hits": grouped.size(), "sentences": grouped.nunique()})
    counts = counts.reindex(every, fill_value=0).reset_index()
    return counts.assign(present=counts["sentences"] >= at_least)[list(FRAME_COUNTS)].astype(dict(FRAME_COUNTS))


def assessed_frames(frames: pd.DataFrame) -> list[str]:
    """Return the frames that have terms, in the order of the codebook."""
    pairs = zip(texts_of(frames, "frame"), _kinds(frames), strict=True)
    return list(dict.fromkeys(frame for frame, kind in pairs if kind == "include"))


def _kinds(frames: pd.DataFrame) -> list[str]:
    return texts_of(frames, "kind") if "kind" in frames.columns else ["include"] * len(frames)
