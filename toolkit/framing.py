"""Framing: which frames the sentences of an article invoke, by the terms of a codebook.

A term is evidence, not proof: a negated frame ("not a security issue") is still invoked (Lakoff 2004), while
exclusion contexts switch a term off. Every hit keeps its place, so that it can be read.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from toolkit.errors import CodebookError, TableError
from toolkit.extents import Codes, codes_in, decode, distinct, each_once, encode, locate, repeat, tally
from toolkit.intervals import ENOUGH_OF_EACH, LARGE, resample, tails
from toolkit.names import Aliases, find_named
from toolkit.progress import progress
from toolkit.sweep import find_in_each
from toolkit.tables import (
    DOMINANT,
    DOMINANT_COUNTS,
    FRAME_COUNTS,
    FRAME_HITS,
    FRAME_PAIRS,
    as_table,
    places_of,
    require,
    texts_of,
)
from toolkit.terms import Match, index_of, longest_first, why_unmatchable

KINDS = INCLUDE, EXCLUDE, NOT_ASSESSED = "include", "exclude", "not assessed"
RULES = ("sentences", "hits", "items", "majority")
TIED, NO_FRAME = "tied", "no frame"


def find_frames(sentences: pd.DataFrame, frames: pd.DataFrame, actors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find the terms of a codebook in sentences, one row per match.

    Columns: article_id, sentence_id, frame, item, term, start, end (offsets as in `sentences`). Within a frame the
    longest match wins and no text counts twice; a match inside an excluded phrase is no match. A match that is a part
    of the name of one of `actors` is none either ("security" in "Security Council"), unless the codebook has the name.
    """
    entries = _entries(frames)
    terms = index_of(tuple(entry[2] for entry in entries))
    places = [*places_of(sentences)]
    texts = [place[-1] for place in places]
    found = {number: matches for number, (matches,) in progress(find_in_each(texts, terms), "frames")}
    if actors is not None:
        found = _outside_names(found, texts, Aliases(actors))
    rows = (
        (*places[sentence][:2], *entries[number][:3], places[sentence][3] + start, places[sentence][3] + end)
        for sentence, matches in found.items()
        for number, start, end in _counted(matches, entries)
    )
    return as_table(rows, FRAME_HITS)


def _outside_names(found: dict[int, list[Match]], texts: Sequence[str], names: Aliases) -> dict[int, list[Match]]:
    """Leave out the matches that are a part of a name, but not those that are a name, or longer than one."""
    sentences = [*found]
    named = find_named([texts[sentence] for sentence in sentences], names)
    kept = dict(found)
    for place, (named_there,) in named:
        spans = [span[1:] for span in named_there]
        kept[sentences[place]] = [
            match
            for match in found[sentences[place]]
            if not any(first <= match[1] and match[2] <= last and match[1:] != (first, last) for first, last in spans)
        ]
    return kept


def _entries(frames: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    """Return (frame, item, term, kind), exclusions first so that they win a tie; item and kind may be missing."""
    require(frames, ["frame", "term"], source="frames")
    columns = texts_of(frames, "frame"), texts_of(frames, "item"), texts_of(frames, "term"), _kinds(frames)
    entries = [entry for entry in zip(*columns, strict=True) if entry[2].strip() and entry[3] != NOT_ASSESSED]
    for frame, _, term, _ in entries:
        if problem := why_unmatchable(term):
            raise CodebookError(f"frames: {term!r} of {frame} {problem}.")
    if not any(kind == INCLUDE for *_, kind in entries):
        raise CodebookError("the codebook has no term to look for. Give at least one frame a term of kind include.")
    return sorted(entries, key=lambda entry: entry[3] != EXCLUDE)


def _counted(matches: list[Match], entries: list[tuple[str, str, str, str]]) -> Iterator[Match]:
    by_frame: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        by_frame[entries[match[0]][0]].append(match)
    for found in by_frame.values():
        yield from (match for match in longest_first(found) if entries[match[0]][3] == INCLUDE)


def count_frames(
    sentences: pd.DataFrame,
    frames: pd.DataFrame,
    at_least: int = 1,
    rule: str = "sentences",
    actors: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count the frames of articles, one row per article and frame, zeros kept.

    Columns: article_id, frame, hits, sentences (how many hold a hit), present, items (of the frame, how many have a
    hit), score (their share of the items that have terms: the mean of yes and no items, as Semetko and Valkenburg
    reckon it). A frame is present by one of four rules: "sentences", "hits" or "items" where there are `at_least` so
    many, "majority" where more than half of the items have a hit. An article may show several frames, or none. With
    `actors`, their names do not count, as in `find_frames`.
    """
    return count_hits(find_frames(sentences, frames, actors), sentences, frames, at_least, rule)


def count_hits(
    hits: pd.DataFrame, sentences: pd.DataFrame, frames: pd.DataFrame, at_least: int = 1, rule: str = "sentences"
) -> pd.DataFrame:
    """Count hits already found: the same table as `count_frames`, without searching the text again.

    Hits in other sentences than these are left out: the titles alone give the frames of the headlines.
    """
    if at_least < 1:
        raise TableError(f"at_least must be 1 or more, not {at_least}: with 0, every article would show every frame.")
    if rule not in RULES:
        raise TableError(f"{rule!r} is no rule. Use one of: {', '.join(RULES)}.")
    items = assessed_items(frames)
    ids, articles = each_once(sentences["article_id"])
    counted = _counted_in(hits, sentences, ids, pd.Index(list(items), dtype="str"))
    cells = len(articles) * len(items)
    numbers = {
        "hits": tally(counted["cell"], cells, articles),
        "sentences": tally(_distinct(counted["cell"], counted["sentence_id"]), cells, articles),
        "items": tally(_distinct(counted["cell"], counted["item"]), cells, articles),
    }
    score = (numbers["items"].reshape(len(articles), len(items)) / np.fromiter(items.values(), float)).ravel()
    present = score > 0.5 if rule == "majority" else numbers[rule] >= at_least
    names = repeat(articles, len(items))
    order = sorted(items)  # as texts would be sorted
    places = np.array([order.index(name) for name in items], dtype="int32")
    each = decode(np.tile(places, len(articles)), pd.Index(order, dtype="str"), names)
    columns = {"article_id": names, "frame": each, **numbers, "score": score, "present": present}
    return pd.DataFrame({name: columns[name] for name in FRAME_COUNTS}, copy=False)


def spread_scores(counts: pd.DataFrame) -> pd.DataFrame:
    """Spread the scores of frames, one row per article in the order of article_id, for `mean_by`.

    `counts` as from `count_frames`. Columns: one per frame, in the order of the alphabet, and article_id.
    """
    require(counts, ["article_id", "frame", "score"], source="counts")
    (ids, articles), (frame, frames) = each_once(counts["article_id"]), encode(counts["frame"])
    order = pd.Index(sorted(frames), dtype="str")
    values = np.full((len(articles), len(order)), np.nan)
    values[ids, order.get_indexer(frames)[frame]] = counts["score"]
    table = pd.DataFrame(values, columns=order, copy=False).assign(article_id=articles)
    return table if articles.is_monotonic_increasing else table.sort_values("article_id", ignore_index=True)


def _counted_in(hits: pd.DataFrame, sentences: pd.DataFrame, ids: Codes, frames: pd.Index) -> dict[str, np.ndarray]:
    """Return of each hit in these sentences its cell (article by frame), its sentence and its item, as numbers."""
    rows, frame = locate(hits, sentences), codes_in(hits["frame"], frames)
    known = (rows >= 0) & (frame >= 0)
    return {
        "cell": ids[rows[known]].astype("int64") * len(frames) + frame[known],
        "sentence_id": hits["sentence_id"].to_numpy("int64")[known],
        "item": encode(hits["item"])[0][known],
    }


def _distinct(cells: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return each cell as often as it has distinct values."""
    width = values.max(initial=0) + 1
    return distinct(cells * width + values) // width


def dominant_frames(counts: pd.DataFrame, column: str = "sentences") -> pd.DataFrame:
    """Name the frame an article shows most, one row per article.

    Columns: article_id, frame (that with the most of `column`: sentences, hits or items; "" where no frame is present),
    tied (several have as many: the frame is the first of them in the codebook, and no more dominant than the others),
    lead (how many more of `column` it has than the next).
    """
    require(counts, ["article_id", "frame", "present", column], source="counts")
    (ids, articles), (frame, frames) = each_once(counts["article_id"]), encode(counts["frame"])
    shown = np.full((len(articles), len(frames) + 2), -1, dtype="int32")  # so that there is always a second
    shown[ids, frame] = np.where(counts["present"], counts[column], -1)
    first, second = np.sort(shown, axis=1)[:, :-3:-1].T
    found = first >= 0
    best = np.where(found, shown.argmax(axis=1), len(frames))
    names = pd.Series(pd.Categorical.from_codes(best, frames.append(pd.Index([""]))))
    table = {
        "article_id": articles,
        "frame": names if isinstance(counts["frame"].dtype, pd.CategoricalDtype) else names.astype("str"),
        "tied": found & (first == second),
        "lead": (first.clip(0) - second.clip(0)).astype("int64"),
    }
    return pd.DataFrame(table)[list(DOMINANT)]


def count_dominant(dominant: pd.DataFrame) -> pd.DataFrame:
    """Count which frame dominates, one row per article and outcome: article_id, category, present.

    `dominant` as from `dominant_frames`; an outcome is the name of a frame, "tied" or "no frame". For `share_by`.
    """
    require(dominant, DOMINANT, source="dominant")
    codes, frames = encode(dominant["frame"])
    outcomes = pd.Index([*(name or NO_FRAME for name in frames), TIED], dtype="str")
    codes = np.where(dominant["tied"], len(frames), codes)
    known = outcomes[pd.unique(codes)]
    every = known[~known.isin((TIED, NO_FRAME))].append(known[known.isin((TIED, NO_FRAME))])
    places, own = np.tile(np.arange(len(every), dtype="int16"), len(dominant)), every.get_indexer(outcomes)[codes]
    names = repeat(dominant["article_id"], len(every))
    columns = {"category": decode(places, every, names), "present": places == np.repeat(own, len(every))}
    return pd.DataFrame({"article_id": names, **columns})[list(DOMINANT_COUNTS)]


def count_pairs(counts: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    """Count which frames stand in the same articles, one row per pair.

    Columns: frame, other, n (articles), articles (that show both), expected (so many, if the one had nothing to do with
    the other), ratio (of the two: above 1 they go together), phi (their correlation, -1 to 1), low, high (its 95%
    interval, by article, where ten articles show either frame and ten do not).
    """
    require(counts, ["article_id", "frame", "present"], source="counts")
    (ids, articles), (frame, frames) = each_once(counts["article_id"]), encode(counts["frame"])
    shown, n = np.zeros((len(articles), len(frames)), dtype=bool), len(articles)
    shown[ids, frame] = counts["present"]
    ordered = np.argsort(articles.to_numpy(dtype=object)) if n <= LARGE else []
    shown, times = (shown[ordered], np.ones(n)) if n <= LARGE else _patterns(shown)
    pairs = list(combinations(range(shown.shape[1]), 2))
    if not pairs:
        return as_table([], FRAME_PAIRS)
    one, two = (list(places) for places in zip(*pairs, strict=True))
    table = np.hstack([shown[:, one], shown[:, two], shown[:, one] * shown[:, two], np.ones((len(times), 1))])
    sums = times @ table
    singly, together = sums[:-1].reshape(3, -1)[:2], sums[:-1].reshape(3, -1)[2]
    enough = np.minimum(singly, n - singly).min(axis=0) >= ENOUGH_OF_EACH
    bounds = np.full((2, len(pairs)), np.nan)
    if enough.any():
        drawn = resample(table[:, np.append(np.tile(enough, 3), True)], seed, _phi, times)
        bounds[:, enough] = np.nanquantile(drawn, tails(), axis=0)
    expected = singly[0] * singly[1] / n
    ratio = np.divide(together, expected, out=np.full(len(pairs), np.nan), where=expected > 0)
    names = [(frames[first], frames[second], n) for first, second in pairs]
    rows = zip(names, together, expected, ratio, _phi(sums[None, :])[0], *bounds, strict=True)
    return as_table(((*name, *figures) for name, *figures in rows), FRAME_PAIRS)


def _patterns(shown: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct rows and how often each stands: to draw these by their number is to draw articles."""
    packed = np.packbits(shown.astype(bool), axis=1)
    rows = packed.view(np.dtype((np.void, packed.shape[1]))).ravel() if packed.shape[1] > 1 else packed.ravel()
    _, first, times = np.unique(rows, return_index=True, return_counts=True)
    return shown[first], times.astype(float)


def _phi(sums: np.ndarray) -> np.ndarray:
    """Return the correlations of pairs; `sums` are articles with the one, with the other, with both, and all."""
    one, two, both = np.split(sums[:, :-1] / sums[:, -1:], 3, axis=1)
    spread = np.sqrt(one * (1 - one) * two * (1 - two))
    return np.divide(both - one * two, spread, out=np.full(both.shape, np.nan), where=spread > 0)


def assessed_items(frames: pd.DataFrame) -> dict[str, int]:
    """Return the frames that have terms, in the order of the codebook, each with its number of items."""
    columns = texts_of(frames, "frame"), texts_of(frames, "item"), _kinds(frames)
    items = dict.fromkeys((frame, item) for frame, item, kind in zip(*columns, strict=True) if kind == INCLUDE)
    return dict(Counter(frame for frame, _ in items))


def assessed_frames(frames: pd.DataFrame) -> list[str]:
    """Return the frames that have terms, in the order of the codebook."""
    return list(assessed_items(frames))


def _kinds(frames: pd.DataFrame) -> list[str]:
    """Return the kind of each entry, include where none is given; raise CodebookError for an unknown one."""
    kinds = [kind or INCLUDE for kind in texts_of(frames, "kind")]
    if wrong := next((kind for kind in kinds if kind not in KINDS), ""):
        raise CodebookError(f"frames: {wrong!r} is no kind of entry. Use one of: {', '.join(KINDS)}.")
    return kinds
