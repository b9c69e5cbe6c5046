"""Zones: the time zone a date names, a place has, or nobody told."""

import re
from datetime import timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

# Hours from UTC. IST is not among them: India, Israel and Ireland all claim it.
_HOURS = {
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "WET": 0,
    "WEST": 1,
    "BST": 1,
    "CET": 1,
    "MEZ": 1,
    "CEST": 2,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "HKT": 8,
    "SGT": 8,
    "JST": 9,
    "AEST": 10,
    "AEDT": 11,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "HST": -10,
}
_ABBREVIATED = {name: timezone(timedelta(hours=hours), name) for name, hours in _HOURS.items()}
_NATIONAL = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "EASTERN": "America/New_York",
    "CENTRAL": "America/Chicago",
    "MOUNTAIN": "America/Denver",
    "PACIFIC": "America/Los_Angeles",
}
_NAMES = "|".join(sorted((*_HOURS, "ET", "CT", "MT", "PT"), key=len, reverse=True))
_OFFSET = r"[+−-]\s?\d{1,2}(?::?\d{2})?"
# Abbreviations as a part of a pattern that ignores case elsewhere: "et" is a word, ET a zone.
ZONE = (
    rf"(?:(?-i:{_NAMES})(?:\s?{_OFFSET})?|(?:utc|gmt)(?:\s?{_OFFSET})?|[+−-]\d{{2}}(?::?\d{{2}})?"
    r"|(?-i:[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s(?:(?:standard|daylight|summer)\s)?time)(?!\w)"
)
_SHIFT = re.compile(r"([+−-])\s?(\d{1,2})(?::?(\d{2}))?$")
_TIME_OF = re.compile(r"(.+?)(?:\s(?:standard|daylight|summer))?\stime", re.IGNORECASE)
UNKNOWN_ZONE = timezone(timedelta(0), "unknown")  # taken as UTC, but told apart from a zone that was given
LARGEST_SHIFT = 14  # hours


def zone_named(name: str) -> tzinfo | None:
    """Return the zone of an IANA name such as Europe/Vienna, None where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_of_place(place: str) -> str:
    """Return the time zone of a place a page names: Europe/Vienna for Vienna; "" where none is known."""
    return _zones_of_places().get(place.strip().replace(" ", "_").casefold(), "")


@cache
def _zones_of_places() -> dict[str, str]:
    """Return zones by their last part: the first of the alphabet wins, and a place of a continent over an old name."""
    zones = sorted(available_timezones(), key=lambda name: ("/" not in name, name), reverse=True)
    return {name.rsplit("/", 1)[-1].casefold(): name for name in zones}


def zone_written(text: str) -> tzinfo | None:
    """Return the zone a date names, CET, GMT+1, -05:00 or Vienna time; None where it names none that is known."""
    text = text.strip().upper()
    if shift := _SHIFT.search(text):
        hours, minutes = int(shift[2]), int(shift[3] or 0)
        size = timedelta(hours=hours, minutes=minutes)
        return timezone(size if shift[1] == "+" else -size) if hours <= LARGEST_SHIFT and minutes < 60 else None
    place = match[1] if (match := _TIME_OF.fullmatch(text)) else text
    return _ABBREVIATED.get(place) or zone_named(_NATIONAL.get(place, "") or ((match and zone_of_place(place)) or ""))
