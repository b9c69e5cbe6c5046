"""Outlets: their names, other names, and time zones, from data/outlets.yml."""

from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import yaml

from toolkit.dates import zone_named
from toolkit.errors import CodebookError
from toolkit.paths import DATA

KEYS = {"zone", "country", "language", "aliases"}


class Outlet(NamedTuple):
    """What is known of one outlet."""

    name: str
    zone: str
    language: str


@cache
def known_outlets(path: Path = DATA / "outlets.yml") -> dict[str, Outlet]:
    """Return the outlets of a file under each of their names, lower-cased."""
    found: dict[str, Outlet] = {}
    for name, entry in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items():
        if unknown := set(entry) - KEYS:
            raise CodebookError(f"{path.name}: {name} has unknown keys {', '.join(sorted(unknown))}.")
        if zone_named(entry.get("zone", "")) is None:
            raise CodebookError(f"{path.name}: {name} has no time zone that is known: {entry.get('zone')!r}.")
        outlet = Outlet(name, entry["zone"], entry.get("language", ""))
        for alias in (name, *entry.get("aliases", [])):
            if found.setdefault(alias.casefold(), outlet) != outlet:
                raise CodebookError(f"{path.name}: {alias!r} is claimed by {found[alias.casefold()].name} and {name}.")
    return found


def find_outlet(name: str, url: str = "") -> Outlet | None:
    """Return the known outlet of a name, or of a URL's domain, None if there is none."""
    outlets = known_outlets()
    name = name.strip().casefold()
    if (
        found := outlets.get(name)
        or outlets.get(name.removeprefix("the "))
        or outlets.get(f"the {name}" if name else "")
    ):
        return found
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return None
    labels = host.split(".")
    return next((outlets[".".join(labels[n:])] for n in range(len(labels)) if ".".join(labels[n:]) in outlets), None)


@cache
def zone_of_place(place: str) -> str:
    """Return the time zone of a place a page names: Europe/Vienna for Vienna; "" where none is known."""
    wanted = place.strip().replace(" ", "_").casefold()
    zones = sorted(name for name in available_timezones() if name.rsplit("/", 1)[-1].casefold() == wanted)
    return next((zone for zone in zones if "/" in zone), zones[0] if zones else "") if wanted else ""
