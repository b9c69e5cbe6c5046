"""Roles: who held an office on the day of an article."""

import re

import pandas as pd

from toolkit.names import OPENERS
from toolkit.tables import texts_of
from toolkit.ways import DAY, Way

ISO = re.compile(r"\d{4}-\d\d-\d\d")
FORMER = re.compile(
    r"(?:\b(?:former|formerly|ex|then|late|ousted|previous|next|future|incoming|designated|acting|deputy|shadow|vice)"
    r"[ \u00a0-])$",
    re.IGNORECASE,
)
REACH = 12  # characters before a role that are looked at
NAME_AFTER = re.compile(r"[ \u00a0]([^\W\d_][\w'’-]*)")


def days_of(table: pd.DataFrame) -> dict[str, str]:
    """Return the day of each article as ISO 8601: the outlet's own where it is known, else that in UTC."""
    columns = (texts_of(table, column) for column in ("article_id", "published_local", "published"))
    days = {}
    for article_id, local, published in zip(*columns, strict=True):
        day = (local or published)[:DAY]
        if ISO.fullmatch(day):
            days[article_id] = day
    return days


def is_held(way: Way, day: str) -> bool:
    """Say whether a role is held on a day, both ends included; on an unknown day only one that is always held."""
    if not day:
        return not (way.valid_from or way.valid_to)
    first, last = earliest(way.valid_from), latest(way.valid_to)
    return first <= day and (not last or day <= last)


def earliest(date: str) -> str:
    """Return the first day of a year, a month or a day: 2021 is 2021-01-01."""
    return f"{date}{'-01-01'[len(date) - 4 :]}" if date else ""


def latest(date: str) -> str:
    """Return a day not before the last of a year, a month or a day: 2021-06 is 2021-06-31."""
    return f"{date}{'-12-31'[len(date) - 4 :]}" if date else ""


def is_former(text: str, start: int) -> bool:
    """Say whether the word before a role makes it that of another time or person: the former, the deputy."""
    return bool(FORMER.search(text[max(0, start - REACH) : start]))


def goes_on_to_a_name(text: str, end: int) -> bool:
    """Say whether a capitalised word follows a role, as the name of its holder does."""
    after = NAME_AFTER.match(text, end)
    return bool(after) and after[1][0].isupper() and after[1].lower() not in OPENERS
