"""Outlets: their names, other names, and time zones, from data/outlets.yml."""

from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import yaml

from toolkit.errors import CodebookError
from toolkit.paths import DATA
from toolkit.zones import zone_named

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
    try:
        entries = dict(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise CodebookError(f"{path.name}: not readable YAML: {' '.join(str(error).split())[:200]}.") from None
    for name, entry in entries.items():
        if not (isinstance(name, str) and isinstance(entry, dict) and isinstance(entry.get("aliases", []), list)):
            raise CodebookError(
                f"{path.name}: {name!r} must have the form NAME: {{zone: Europe/Vienna, aliases: [...]}}."
            )
        if unknown := set(entry) - KEYS:
            raise CodebookError(f"{path.name}: {name} has unknown keys {', '.join(sorted(unknown))}.")
        if zone_named(str(entry.get("zone", ""))) is None:
            raise CodebookError(f"{path.name}: {name} has no time zone that is known: {entry.get('zone')!r}.")
        outlet = Outlet(name, entry["zone"], entry.get("language", ""))
        for alias in map(str, (name, *entry.get("aliases", []))):
            if found.setdefault(alias.casefold(), outlet) != outlet:
                raise CodebookError(f"{path.name}: {alias!r} is claimed by {found[alias.casefold()].name} and {name}.")
    return found


def host_of(url: str) -> str:
    """Return the host of a web address without its www, "" where there is none."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if parts.scheme in ("http", "https") and "." in host else ""


def find_outlet(name: str, url: str = "") -> Outlet | None:
    """Return the known outlet of a name, or of a URL's domain, None if there is none."""
    outlets, labels = known_outlets(), host_of(url).split(".")
    # The domain first: there is more than one Times.
    by_domain = (outlets[domain] for n in range(len(labels)) if (domain := ".".join(labels[n:])) in outlets)
    name = name.strip().casefold()
    by_name = (outlets.get(form) for form in (name, name.removeprefix("the "), f"the {name}") if name)
    return next(by_domain, None) or next(filter(None, by_name), None)
