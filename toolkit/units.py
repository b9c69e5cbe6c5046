"""Units: what readers yield, an article as its file tells of it, or the reason why there is none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

Fields = dict[str, str]

# What the units of a corpus may take of memory, against bombs: a table of headlines takes 40 times its file.
SMALL = 150_000_000  # bytes, however small the files are
EXPANSION = 50  # times the size of the files
OF_UNIT, OF_CELL = 1_500, 100  # bytes, besides the characters


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit that was read: an article's fields as the file names them, or the reason why there are none."""

    place: str  # within the file: "row 3", "line 12", "" for the whole
    fields: Fields = field(default_factory=dict)
    reason: str = ""  # why it is dropped; "" if it is not
    detail: str = ""  # what the reader had to decide: encoding, delimiter


class Budget:
    """How much memory the units of a corpus may still take."""

    def __init__(self) -> None:
        self.left = SMALL

    def spend(self, units: Iterable[Unit], size: int) -> Iterator[Unit]:
        """Yield the units of a file of that many bytes, until they take far more than it can need."""
        self.left += EXPANSION * size
        for unit in units:
            cost = OF_UNIT + OF_CELL * len(unit.fields) + sum(map(len, unit.fields.values()))
            if cost > self.left:
                yield Unit(unit.place, reason="the file holds far more than its size: not read from here on")
                return
            self.left -= cost
            yield unit


def lacking(what: str, extra: str) -> Unit:
    """Return the dropped unit of a file whose kind needs libraries that are not installed."""
    return Unit("", reason=f"{what} need an extra", detail=f'in the checkout: pip install -e ".[{extra}]"')
