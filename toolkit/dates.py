"""Dates: when an article was published, as an instant and as the outlet's readers saw it."""

import re
import warnings
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil import parser

MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
TIME = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?"
ZONE_NAME = "UTC|GMT|[ECMP][SD]?T|CES?T|EES?T|MSK|BST|HST"
ZONE = rf"(?:\(?(?:{ZONE_NAME})(?:\s?[+-]\d{{1,2}}(?::?\d{{2}})?)?\)?|[+-]\d{{2}}:?\d{{2}}|Z)(?!\w)"
DAY = (
    rf"(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{MONTH},?\s+\d{{4}}"
)
DAY += r"|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}\.\d{1,2}\.\d{4})"
GLUE = r"(?:T|\s*[,;|·•♦-]?\s*(?:at|-|–)?\s*)"
DATE = re.compile(
    rf"(?:(?P<early>{TIME})[,;]?\s+)?(?P<day>\b{DAY})(?:{GLUE}(?P<late>{TIME}))?(?:\s*(?P<zone>{ZONE}))?", re.IGNORECASE
)

OFFSETS = {"UTC": 0, "GMT": 0, "Z": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3}
OFFSETS |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "HST": -10}
NATIONAL = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
ZONES = {name: timezone(timedelta(hours=hours), name) for name, hours in OFFSETS.items()}
UNKNOWN_ZONE = timezone(timedelta(0), "unknown")  # taken as UTC, but told apart from a zone that was given
UTC_OFFSET = re.compile(r"\b(?:UTC|GMT)\s?([+-])(\d{1,2})(?::?(\d{2}))?\b")
SHORT_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}\b")
EPOCH = re.compile(r"\d{10}(?:\d{3})?")
AMBIGUOUS = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}")
PLAUSIBLE = range(1600, 2200)


def zone_named(name: str) -> tzinfo | None:
    """Return the zone of an IANA name such as Europe/Vienna, None where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def is_ambiguous(text: str) -> bool:
    """Say whether day and month of a date could change places: 02/03/2022."""
    match = AMBIGUOUS.match(text)
    return (
        match is not None and "." not in match[0] and max(int(match[1]), int(match[2])) <= 12 and match[1] != match[2]
    )


def day_comes_first(dates: list[str]) -> bool | None:
    """Say from a file's own dates whether 02/03/2022 is the 2nd of March; None where none of them tells."""
    pairs = [tuple(map(int, match.groups())) for match in map(AMBIGUOUS.match, dates) if match]
    if any(first > 12 for first, _ in pairs):
        return True
    return False if any(second > 12 for _, second in pairs) else None


@lru_cache(maxsize=4096)
def parse_date(text: str, zone: tzinfo = UNKNOWN_ZONE, day_first: bool = False) -> datetime | None:
    """Read one date, aware: by the offset written in it, else by `zone`; None where it is no full date."""
    text = UTC_OFFSET.sub(lambda match: f"{match[1]}{int(match[2]):02d}:{match[3] or '00'}", text.strip())
    try:
        found = None if text.isdigit() else datetime.fromisoformat(text)
    except ValueError:
        found = _loose(text, day_first)
    if EPOCH.fullmatch(text):
        found = datetime.fromtimestamp(int(text[:10]), UTC)
    if found is None or found.year not in PLAUSIBLE:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


@cache
def _written_zones() -> dict[str, tzinfo | None]:
    return ZONES | {name: zone_named(zone) for name, zone in NATIONAL.items()}


def _loose(text: str, day_first: bool) -> datetime | None:
    if not 6 <= len(text) <= 60 or not re.search(r"\d", text):
        return None
    day_first = day_first or bool(SHORT_DOTTED.match(text))
    defaults = datetime(2000, 1, 1), datetime(2004, 2, 2)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a zone that is not known is said in the ledger
            # What a text leaves out would be filled in from the default: two defaults show whether it did.
            one, other = (
                parser.parse(text, dayfirst=day_first, tzinfos=_written_zones(), default=day) for day in defaults
            )
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None
    return one if one.date() == other.date() else None


def find_date(text: str) -> str:
    """Return the first date in a text, with its time and zone where they stand beside it; "" where there is none."""
    match = DATE.search(text)
    if match is None:
        return ""
    time = match["late"] or match["early"] or ""
    parts = (match["day"], re.sub(r"^(\d{1,2})\.(\d{2})", r"\1:\2", time), (match["zone"] or "").strip("()"))
    return " ".join(part for part in parts if part)
