"""HTML dates: when a web page was published, as its markup and the lines near its headline show, never when changed."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from lxml.html import HtmlElement

from toolkit.dates import CHANGED, UNKNOWN_ZONE, find_date, parse_date

ONE_EVENT = timedelta(hours=26)  # a day in one zone and an instant in another may be the same
_KINDS = " or ".join(
    f"contains(@{attribute}, '{word}')"
    for attribute in ("class", "id", "itemprop")
    for word in ("date", "Date", "time", "Time", "publish", "Publish", "posted", "byline")
)
# Below the headline, since above it many pages show the day on which they were saved.
SHOWN = f"(//h1)[1]/following::*[self::time or {_KINDS}] | (//article)[1]//*[self::time or {_KINDS}]"
CHANGED_NAME = re.compile(r"updat|modif|edited|\blast", re.IGNORECASE)  # of a class or an id
LOOKED_AT, PIECES, LONGEST = 200, 30, 200  # elements of a page, pieces of text in one, characters of its text
IN_ADDRESS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([/-]?)(0[1-9]|1[0-2]|[a-z]{3})\2(0[1-9]|[12]\d|3[01])(?!\d)", re.IGNORECASE
)


def best_date(dates: list[str]) -> str:
    """Return the first date, or one that tells the same day's time and zone where the first does not."""
    parsed = [(raw, when) for raw in dates if (when := parse_date(raw))]
    if not parsed:
        return ""
    first, day = parsed[0]
    if day.tzinfo is not UNKNOWN_ZONE:
        return first
    same = (raw for raw, when in parsed if when.tzinfo is not UNKNOWN_ZONE and abs(when - day) <= ONE_EVENT)
    return next(same, first)


def find_shown_date(tree: HtmlElement, url: str) -> str:
    """Return the first date shown near the headline, else the one in the page's address; "" where there is none."""
    shown = next(_shown(tree), "")
    if shown or not (found := IN_ADDRESS.search(url)):
        return shown
    return f"{found[1]}-{found[3]}-{found[4]}" if found[3].isdigit() else f"{found[4]} {found[3]} {found[1]}"


def _shown(tree: HtmlElement) -> Iterator[str]:
    for element in islice(tree.xpath(SHOWN), LOOKED_AT):
        names = " ".join(element.get(name, "") for name in ("class", "id", "itemprop"))
        text = " ".join(" ".join(islice(element.itertext(), PIECES)).split())
        # Themes give a date that never changed both names.
        changed = CHANGED_NAME.search(names) and "publish" not in names.lower()
        if changed or len(text) > LONGEST:
            continue
        if parse_date(element.get("datetime", "")):
            yield element.get("datetime")
        elif found := find_date(CHANGED.split(text)[0]):
            yield found
