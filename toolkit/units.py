"""Units: what readers yield, an article as its file tells of it, or the reason why there is none."""

from dataclasses import dataclass, field

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit that was read: an article's fields as the file names them, or the reason why there are none."""

    place: str  # within the file: "row 3", "line 12", "" for the whole
    fields: Fields = field(default_factory=dict)
    reason: str = ""  # why it is dropped; "" if it is not
    detail: str = ""  # what the reader had to decide: encoding, delimiter


def lacking(what: str, extra: str) -> Unit:
    """Return the dropped unit of a file whose kind needs libraries that are not installed."""
    return Unit("", reason=f"{what} need an extra", detail=f'in the checkout: pip install -e ".[{extra}]"')
