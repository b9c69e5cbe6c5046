"""Aims: what is aimed at, what was measured, and whether it may be missed."""

from collections.abc import Iterable
from typing import NamedTuple

AT_LEAST, AT_MOST = ">=", "<="


class Aim(NamedTuple):
    """One figure and what it should be; one that is `needed` tells of wrong results, not of speed."""

    name: str
    way: str
    wanted: float
    measured: float
    needed: bool = False

    @property
    def is_met(self) -> bool:
        return self.measured >= self.wanted if self.way == AT_LEAST else self.measured <= self.wanted


def table_of(aims: Iterable[Aim]) -> list[str]:
    """Return the lines of a table of aims."""
    lines = [f"{'':64}{'aim':>10}{'measured':>10}"]
    for aim in aims:
        missed = "" if aim.is_met else "  WRONG" if aim.needed else "  missed"
        lines.append(f"{aim.name:64}{f'{aim.way} {aim.wanted:g}':>10}{aim.measured:10.2f}{missed}")
    return lines
