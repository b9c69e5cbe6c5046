"""Export dates: days, times and zones as archives write them, in seven languages."""

import re
from datetime import date
from functools import cache

from toolkit.dates import TIME, ZONE

_MONTHS = """
    january february march april may june july august september october november december
    januar februar märz april mai juni juli august september oktober november dezember
    jänner februar maerz april mai juni juli august september oktober november dezember
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    januari februari maart april mei juni juli augustus september oktober november december
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
""".split()
_DAYS = """
    monday tuesday wednesday thursday friday saturday sunday
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
    lundi mardi mercredi jeudi vendredi samedi dimanche
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    lunes martes miércoles jueves viernes sábado domingo
    lunedì martedì mercoledì giovedì venerdì sabato domenica
    segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
""".split()
WEEKDAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b", re.IGNORECASE)
ORDINAL = r"(?:\.|st|nd|rd|th|er|º|ª)?"
DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}}){ORDINAL}\s*(?:(?:de|of)\s+)?([^\W\d_]{{3,10}})\.?,?\s+(?:de\s+)?(\d{{4}})(?!\w)"
)
MONTH_FIRST = re.compile(rf"\b([^\W\d_]{{3,10}})\.?\s+(\d{{1,2}}){ORDINAL},?\s+(\d{{4}})(?!\w)")
NUMBERS = re.compile(r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?!\d)")
CLOCK = re.compile(
    rf"(?:[\s,;]|at|um|à|-)*({TIME}|\d{{1,2}}h\d{{2}})(?:\s?(?:Uhr|uur))?(?:\s*({ZONE}|MES?Z))?", re.IGNORECASE
)
LOCAL_ZONES = {"MEZ": "CET", "MESZ": "CEST"}
REACH = 200  # characters in which a date is looked for


def split_date(text: str) -> tuple[str, str, str]:
    """Return what stands before the first date of a line, the date with its time and zone, and what stands after.

    The date is written as parse_date reads it, weekdays are left out; ("", "", "") where there is none.
    """
    text = " ".join(WEEKDAY.sub(" ", text[:REACH]).split())
    found = min(_days(text), default=None)
    if found is None:
        return "", "", ""
    start, end, day = found
    clock = CLOCK.match(text, end)
    if clock:
        zone = (clock[2] or "").strip("()")
        day = f"{day} {clock[1].replace('h', ':')} {LOCAL_ZONES.get(zone.upper(), zone)}".strip()
        end = clock.end()
    return text[:start].strip(" ,;-("), day, text[end:].strip(" ,;-)")


def starts_with_date(line: str) -> bool:
    """Say whether a line begins with a date, save for a weekday."""
    before, day, _ = split_date(line)
    return bool(day) and not before


def _days(text: str) -> list[tuple[int, int, str]]:
    """Return start, end and the writing of each day in a text that is one of the calendar."""
    named = [(match, match[1], match[2], match[3]) for match in DAY_FIRST.finditer(text)]
    named += [(match, match[2], match[1], match[3]) for match in MONTH_FIRST.finditer(text)]
    found = [(match.start(), match.end(), match[0]) for match in NUMBERS.finditer(text)]
    for match, day, month, year in named:
        try:
            written = date(int(year), _month(month.casefold()), int(day)).isoformat()
        except ValueError:
            continue
        found.append((match.start(), match.end(), written))
    return found


@cache
def _month(word: str) -> int:
    """Return the number of a month by its name or a beginning of it that is no other's; 0 where it is none."""
    numbers = {place % 12 + 1 for place, name in enumerate(_MONTHS) if name.startswith(word)}
    exact = {place % 12 + 1 for place, name in enumerate(_MONTHS) if name == word}
    return next(iter(exact)) if exact else numbers.pop() if len(numbers) == 1 else 0
