"""Zones: the time zone a date names, a place has, or nobody told."""

import re
from collections import Counter
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

# Hours from UTC of what the zone database does not tell, or tells of several: as in North America, unless the outlet
# has another time of that name.
_HOURS = {"UTC": 0, "GMT": 0, "Z": 0, "MEZ": 1, "MESZ": 2, "SGT": 8, "CST": -6, "CDT": -5, "PST": -8}
_DISPUTED = {"AST", "SST"}  # the database tells of the Atlantic and of Samoa, not of Arabia and Singapore
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
# Known or not: nearly all end in T, and one that is not known is to be told of.
_NAMES = "[A-Z]{2,3}T|UTC|Z|MESZ|MEZ|MSK|WIB|WITA|ET|CT|MT|PT"
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
RECENT = 2022  # a year whose summer and winter time stand for those of today


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


def zone_written(text: str, own: tzinfo = UNKNOWN_ZONE, year: int = RECENT) -> tzinfo | None:
    """Return the zone a date names, CET, GMT+1, -05:00 or Vienna time; None where it names none that is known.

    An abbreviation means what it means in the outlet's `own` zone: CST is another time in Shanghai than in Chicago.
    """
    text = text.strip().upper()
    if shift := _SHIFT.search(text):
        hours, minutes = int(shift[2]), int(shift[3] or 0)
        size = timedelta(hours=hours, minutes=minutes)
        return timezone(size if shift[1] == "+" else -size) if hours <= LARGEST_SHIFT and minutes < 60 else None
    place = match[1] if (match := _TIME_OF.fullmatch(text)) else text
    for hours in (dict(_abbreviations(own, year)), _HOURS, _abbreviations_of_all()):
        if place in hours:
            return timezone(timedelta(hours=hours[place]), place)
    return zone_named(_NATIONAL.get(place, "") or ((match and zone_of_place(place)) or ""))


def _abbreviations(zone: tzinfo, year: int) -> list[tuple[str, float]]:
    """Return what a zone calls its time in winter and in summer, and the hours of each from UTC."""
    days = [datetime(year, month, 1, tzinfo=zone) for month in (1, 7)]
    return [(str(day.tzname()), (day.utcoffset() or timedelta()) / timedelta(hours=1)) for day in days]


@cache
def _abbreviations_of_all() -> dict[str, float]:
    """Return the hours from UTC of all abbreviations that mean one time wherever they are used."""
    zones = filter(None, map(zone_named, available_timezones()))
    told = {pair for zone in zones for pair in _abbreviations(zone, RECENT)}
    times = Counter(name for name, _ in told)
    return {name: hours for name, hours in told if times[name] == 1 and name not in _DISPUTED}
