"""Layers: spans of several kinds over one text, cut where any of them begins or ends, so that none hides another."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text, what kind of finding it is, and what is to be said of it."""

    start: int
    end: int
    kind: str
    label: str


class Piece(NamedTuple):
    """A stretch of a text within which the same spans hold; a span is in it from its beginning to its end."""

    start: int
    end: int
    spans: tuple[Span, ...]


def cut_pieces(spans: Iterable[Span], start: int, end: int) -> Iterator[Piece]:
    """Yield the text from `start` to `end` in pieces, each with the spans over it, in the order of their kinds' first.

    What lies outside is left out, an empty span with it.
    """
    inside = [span for span in spans if max(span.start, start) < min(span.end, end)]
    edges = sorted({start, end, *(edge for span in inside for edge in span[:2] if start < edge < end)})
    opening: dict[int, list[Span]] = {}
    for span in inside:
        opening.setdefault(max(span.start, start), []).append(span)
    over: list[Span] = []
    for left, right in pairwise(edges):
        over = [span for span in over if span.end > left] + opening.get(left, [])
        yield Piece(left, right, tuple(over))
