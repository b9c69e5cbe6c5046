"""Dates: when an article was published, as an instant and as the outlet's readers saw it.

One grammar reads the fields of archives and tables and the lines of pages: a day, the time and the zone beside it. What
it does not know is no date, and nothing is filled in: neither the day of "January 2022" nor a year.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache

from toolkit.changes import unchanged
from toolkit.months import MONTH, WEEKDAY, month_named
from toolkit.zones import UNKNOWN_ZONE, ZONE, zone_written

TIME = (
    r"(?:(?:[01]?\d|2[0-3])(?:[:.]|\s?h\s?)[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?(?!\d)(?:\s?[ap]\.?\s?m\b\.?)?(?:\s?(?:Uhr|h|hrs|uur)\b)?"
    r"|(?:0?[1-9]|1[0-2])\s?[ap]\.?\s?m\b\.?|(?:[01]?\d|2[0-3])\s?(?:Uhr|h)\b|[01]\d[0-5]\d(?=\s(?:GMT|UTC)))"
)
# A year of two digits only where a line ends or a time follows: else "12.1.22" may be a version, "12 Jan 22" a count.
_ENDS = rf"(?=\W{{0,3}}(?:$|{TIME}))"
_FULL = r"(?:1[6-9]|2[01])\d\d(?!\d(?!\d?:\d\d))"  # "20197:05": a year run into its time
_YEAR = rf"(?:{_FULL}|['’]\d\d(?!\d)|\d\d(?!\d){_ENDS})"
_NTH = r"(?:st|nd|rd|th|er|[eoº°.])?"
NUMERIC = (
    r"(?P<a1>\d{1,2})(?P<mark>[/.-])\s?(?P<b1>\d{1,2})(?P=mark)\s?"
    rf"(?P<y1>{_FULL}|\d\d(?!\d)(?:(?<=/\d\d)|{_ENDS}))"
)
DAY = rf"""(?:(?=\d)(?:
      (?P<y2>{_FULL})(?P<dash>[/.-])(?P<m2>[01]?\d)(?P=dash)(?P<d2>[0-3]?\d)
    | {NUMERIC}
    | (?P<d3>[0-3]?\d){_NTH}[\s.-]{{0,3}}(?:(?:of|de|di)\s{{1,2}}|d['’])?(?P<n3>{MONTH})
      [\s,.-]{{0,3}}(?:del?\s)?(?P<y3>{_YEAR})
    | (?P<y4>{_FULL})[\s/.-]{{1,2}}(?P<n4>{MONTH})[\s/.-]{{1,2}}(?P<d4>[0-3]?\d))
    | (?P<n5>{MONTH})[\s.-]{{0,3}}(?P<d5>[0-3]?\d){_NTH}[\s,.-]{{1,3}}(?:del?\s)?
      (?:(?P<middle>{TIME})\s(?:(?P<middle_zone>{ZONE})\s)?)?(?P<y5>{_YEAR})
    )(?!\d(?!\d?:)|[/.-]\d)"""
_GLUE = (
    rf"(?:T|\s{{0,3}}[,;|·•♦@(–-]{{0,2}}\s{{0,3}}(?:{WEEKDAY}[.,)]{{0,2}}\s{{0,3}})?"
    r"(?:[–-]\s)?(?:(?:at|um|à|a\slas|alle|ore|às|om)\s)?)"
)
DATE = re.compile(
    rf"""(?<![\w./-])
    (?:(?P<early>{TIME})(?:\s?(?:(?P<early_zone>{ZONE})|(?-i:[A-Z]{{2,5}})))?[,;]?\s{{1,3}}(?:on\s)?)?
    (?:{WEEKDAY}[.,]{{0,2}}\s{{1,3}}(?:(?:the|den|dem|le|el)\s)?)?
    (?P<day>{DAY})
    (?:{_GLUE}(?P<late>{TIME})(?:\s?\(?(?P<zone>{ZONE})\)?)?)?""",
    re.IGNORECASE | re.VERBOSE,
)
_TIME_PARTS = re.compile(r"(\d{1,2})(?:\D{0,3}(\d\d))?(?::(\d\d))?[^ap]*([ap])?", re.IGNORECASE)
_NUMERIC = re.compile(rf"(?<![\w./-]){NUMERIC}(?!\d|[/.-]\d)")
# What every date holds, quick to search for: a year of four digits, numbers between marks, two digits after a word.
_HINT = re.compile(
    r"\d(?:(?<=[12])\d\d\d|\d?[/.-]\s?\d{1,2}[/.-]|\d(?<=[^\W\d_.][\s.-]\d\d)(?=\W{0,3}(?:$|\d))|\d(?<=['’]\d\d))"
)
_BARE = re.compile(rf"(?<![\w./-]){DAY}", re.IGNORECASE | re.VERBOSE)
# A number beside a date that was not understood: "1-2 May 2022", "12 May 2022 99:99"; the offset of a zone is none.
_BEFORE, _AFTER = re.compile(r"\d[^\w)]{0,9}$"), re.compile(r"(?![+−-]\d\d:\d\d$)[^\w(]*\d")
_EPOCH = re.compile(
    r"(1\d{9})(?:\d{3})?(?:\.\d+)?"
)  # from 2001 to 2033: other numbers as long are the ids of something
_ISO = re.compile(r"(?:\d{4}-\d\d-\d\d|\d{8}(?=[T ]))(?:[T ]\d.*)?")  # the library takes any sign for the T
# A day, or an instant whose zone is told in hours, as files for machines have them: nothing in it can be unknown.
_PLAIN = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)?)?", re.ASCII
)
_COMPACT = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
_PLAUSIBLE = range(1600, 2200)
_PIVOT = 69  # as POSIX has it: 68 is 2068, 69 is 1969
_LONGEST = 200  # characters of a field that is a date
_EDGE = " ,;-()"
_WEEKDAY_FIRST = re.compile(rf"^{WEEKDAY}", re.IGNORECASE)


def is_ambiguous(text: str) -> bool:
    """Say whether day and month of a date could change places: 02/03/2022."""
    match = _NUMERIC.search(text[:_LONGEST])
    return match is not None and match["mark"] != "." and match["a1"] != match["b1"] and max(_pair(match)) <= 12


def is_plain(text: str) -> bool:
    """Say whether a date is none, or one as files for machines have it: 2022-03-02, 2022-03-02T10:00:00Z."""
    return not text or _PLAIN.fullmatch(text) is not None


def day_orders(dates: Iterable[str]) -> set[bool]:
    """Return the orders that a file's own dates show by a number above 12: True where the day comes first.

    One order tells whether 02/03/2022 is the 2nd of March in the same file; none or both leave it open.
    """
    pairs = [_pair(match) for text in dates if (match := _NUMERIC.search(text[:_LONGEST]))]
    return {first > second for first, second in pairs if max(first, second) > 12 >= min(first, second)}


def _pair(match: re.Match[str]) -> tuple[int, int]:
    return int(match["a1"]), int(match["b1"])


def parse_date(text: str, zone: tzinfo = UNKNOWN_ZONE, day_first: bool = False) -> datetime | None:
    """Read one date, aware: by the zone written beside its time, else by `zone`; None where it is no full date.

    A date without a time is midnight in `zone`, whatever zone stands beside it, so that it keeps its day.
    """
    text = text.strip()
    return _parse(text, zone, day_first) if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _parse(text: str, zone: tzinfo, day_first: bool) -> datetime | None:
    found = _of_numbers(text) or _of_iso(text) or _of_words(text, zone, day_first)
    if found is None or found.year not in _PLAUSIBLE:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _of_numbers(text: str) -> datetime | None:
    """Read 20220112 and seconds or milliseconds since 1970; no other number is a date, and least a spreadsheet's."""
    try:
        if text.isdigit() and len(text) in _COMPACT:
            return datetime.strptime(text, _COMPACT[len(text)])
    except ValueError:
        return None
    return datetime.fromtimestamp(int(match[1]), UTC) if (match := _EPOCH.fullmatch(text)) else None


def _of_iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


def _of_words(text: str, own: tzinfo, day_first: bool) -> datetime | None:
    text = unchanged(text)
    matches = list(DATE.finditer(text))
    days = {_day(match, day_first) for match in matches}
    if len(days) != 1 or None in days:  # none, or from one day to another
        return None
    match, day = matches[0], days.pop()
    if _BEFORE.search(text[: match.start()]) or _AFTER.match(text[match.end() :]):
        return None
    written, zone = _time_of(match)
    return datetime.combine(day, _clock(written)).replace(tzinfo=zone_written(zone, own, day.year) if zone else None)


def unknown_zone(text: str, own: tzinfo = UNKNOWN_ZONE) -> str:
    """Return what stands as a zone beside the time of a date and names none that is known, "" where nothing does."""
    match = None if _PLAIN.fullmatch(text) else DATE.search(unchanged(text[:_LONGEST]))
    zone = _time_of(match)[1] if match else ""
    return zone if zone and zone_written(zone, own) is None else ""


def _day(match: re.Match[str], day_first: bool) -> date | None:
    """Return the day of a match of DATE, None where the calendar has no such day."""
    parts = {name[0]: value for name, value in match.groupdict().items() if value and name[1:].isdigit()}
    year = int(parts["y"].lstrip("'’"))
    if len(parts["y"]) < 4:
        year += 1900 if year >= _PIVOT else 2000
    if "a" in parts:
        first, second = _pair(match)
        day_first = (day_first or match["mark"] == "." or first > 12) and second <= 12
        day, month = (first, second) if day_first else (second, first)
    else:
        day = int(parts["d"])
        month = int(parts["m"]) if "m" in parts else month_named(parts["n"])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time_of(match: re.Match[str]) -> tuple[str, str]:
    """Return the time beside a day and its zone, as written, "" for what is missing."""
    pairs = (("late", "zone"), ("middle", "middle_zone"), ("early", "early_zone"))
    return next(((match[at], match[zone] or "") for at, zone in pairs if match[at]), ("", ""))


def _clock(written: str) -> time:
    match = _TIME_PARTS.match(written)
    if match is None:
        return time()
    hour, half = int(match[1]), (match[4] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(match[2] or 0), int(match[3] or 0))


def find_date(text: str) -> str:
    """Return the first date in a text, with its time and zone where they stand beside it; "" where there is none."""
    for match in DATE.finditer(text) if holds_date(text) else ():
        if _day(match, False):
            return " ".join(filter(None, (match["day"], *(() if match["middle"] else _time_of(match)))))
    return ""


def holds_date(text: str) -> bool:
    """Say whether a full date stands in a text; quick where none does."""
    return _HINT.search(text) is not None and _BARE.search(text) is not None


def split_date(text: str) -> tuple[str, str, str]:
    """Return what stands before the first date of a line, the date with its time and zone, and what stands after.

    The day is in ISO 8601, but numbers whose order is open stay as written; ("", "", "") where there is no date.
    """
    text = " ".join(text[:_LONGEST].split())
    for match in DATE.finditer(text):
        if not text[match.end() :][:1].isalpha() and (day := _day(match, False)):
            before, after = text[: match.start()], text[match.end() :].lstrip(_EDGE)
            written = match["day"] if match["a1"] else day.isoformat()
            date_and_time = " ".join(filter(None, (written, *_time_of(match))))
            return before.strip(_EDGE), date_and_time, _WEEKDAY_FIRST.sub("", after, count=1).strip(_EDGE)
    return "", "", ""


def starts_with_date(text: str) -> bool:
    """Say whether a line begins with a date."""
    before, day, _ = split_date(text)
    return bool(day) and not before
