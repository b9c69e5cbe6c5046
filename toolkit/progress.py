"""Progress: a bar for what takes longer than two seconds, silence for what does not."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def progress(things: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """Yield the things; after two seconds a bar says how far it is, where stderr is a terminal."""
    yield from tqdm(things, what, total=total, delay=2, leave=False, dynamic_ncols=True, disable=None)
