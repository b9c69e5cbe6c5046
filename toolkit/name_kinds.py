"""Kinds of names: whether a name is that of a person, a body, a country or a place, guessed by rules of English."""

import re
from collections import Counter
from functools import cache
from importlib.resources import files

from toolkit.zones import zone_of_place

BODIES = frozenset(
    """
    party ministry department council commission university college bank company inc ltd corp corporation co agency
    association union court police committee institute league club united fc airlines airways group organization
    organisation foundation federation society congress senate parliament assembly office bureau authority
    administration board center centre hospital school church army navy force forces team times post news herald tribune
    journal press broadcasting network service services fund trust alliance coalition movement front guard cabinet
    government house security academy laboratory museum orchestra brothers partners holdings industries technologies
    systems communications pharmaceuticals motors airline railway railways rovers wanderers rangers exchange
    studios magazine observatory secretariat tribunal taskforce republicans democrats conservatives
    """.split()
)
PLACES = frozenset(
    """
    river lake street county city island islands province mount mountain airport stadium valley bay beach road avenue
    square sea ocean gulf park district region peninsula coast desert canal bridge town village harbour harbor port
    prefecture borough state heights hills north south east west canyon strait
    """.split()
)
OTHERS = frozenset(
    """
    act treaty agreement cup war games prize award awards olympics day championship championships convention protocol
    accord deal bill law festival election elections summit open prix grand operation hurricane typhoon cyclone storm
    amendment constitution christmas easter ramadan series show pandemic coronavirus covid
    """.split()
)
ENDINGS = ("stan", "shire", "ville", "burg", "grad", "abad", "pur", "istan", "sylvania")
PLACED = re.compile(r"\b(?:in|at|near|from|to|across|outside|into|throughout)[ \u00a0]$")
SPEAKS_AFTER = re.compile(
    r",?[ \u00a0](?:also[ \u00a0])?"
    r"(?:said|says|told|added|wrote|tweeted|argued|explained|noted|stated|replied|claimed|warned)\b"
)
SPEAKS_BEFORE = re.compile(r"\b(?:said|says|told|added|asked|by)[ \u00a0]$")
PRONOUN_AFTER = re.compile(r",?[ \u00a0](?:who|whose)\b|[^.,]{0,40}?\b(?:he|she|his|her|himself|herself)\b")
THE = re.compile(r"\b[Tt]he[ \u00a0]$")
REACH = 12
MANY_PLACED, MANY_THE, FEW_SPEAK = 0.25, 0.5, 0.1
FEW = 3  # times, in which a person may do nothing that tells
SIDES = frozenset("north south east west northern southern eastern western new san los santa saint st".split())


def note_evidence(text: str, start: int, end: int, title: str) -> list[str]:
    """Return what the neighbours of a name say about its kind."""
    before = text[max(0, start - REACH) : start]
    told = {
        "title": bool(title),
        "speaks": bool(SPEAKS_AFTER.match(text, end) or SPEAKS_BEFORE.search(before)),
        "pronoun": bool(PRONOUN_AFTER.match(text, end)),
        "placed": bool(PLACED.search(before)),
        "the": bool(THE.search(before)),
    }
    return ["seen", *(sign for sign, holds in told.items() if holds)]


def guess_kind(name: str, evidence: Counter[str]) -> str:
    """Return person, organisation, country, place or other for a name by its words and what stands around it."""
    words = [word.strip(".,'’").lower() for word in name.split()]
    seen, the = max(1, evidence["seen"]), evidence["the"] / max(1, evidence["seen"])
    titled = 2 * evidence["title"] >= seen or (evidence["title"] and len(words) > 1)
    if name.lower().replace(".", "") in countries():
        return "country"
    if titled and not BODIES & set(words):
        return "person"
    for kind, heads in (("other", OTHERS), ("organisation", BODIES), ("place", PLACES)):
        if words[-1] in heads or (len(words) > 1 and kind != "place" and heads & set(words) and " of " in f" {name} "):
            return kind
    if zone_of_place(name) or words[-1].endswith(ENDINGS) or words[0] in ("lake", "mount", "fort", "cape", "port"):
        return "place"
    if name.replace(".", "").isupper() or " of " in name or " for " in name:
        return "organisation"
    speaks = (evidence["speaks"] + evidence["pronoun"]) / seen
    if (evidence["placed"] / seen >= MANY_PLACED or words[0] in SIDES) and speaks < FEW_SPEAK:
        return "place"
    if the >= MANY_THE:
        return "organisation" if evidence["speaks"] or len(words) > 1 else "other"
    nothing_else = len(words) == 2 and (evidence["the"] + evidence["placed"]) / seen < FEW_SPEAK
    told = evidence["surname"] or evidence["title"] or speaks or seen < FEW or nothing_else
    if told and len(words) in (2, 3) and not any(map(str.isdigit, name)):
        return "person"
    return "person" if speaks > 1 / 3 else "other"


@cache
def countries() -> frozenset[str]:
    """Return the names of countries in lower case, as the time zone database has them, with usual short forms."""
    text = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    names = [line.split("\t")[1].lower() for line in text.splitlines() if not line.startswith("#")]
    parts = [part.strip(" ()") for name in names for part in re.split(r"[(&]", name)]
    return frozenset([*names, *parts, *SHORT]) - {""}


SHORT = (
    *("us", "usa", "uk", "united states", "united kingdom", "united states of america", "britain", "great britain"),
    *("england", "scotland", "wales", "northern ireland", "russia", "north korea", "south korea", "czech republic"),
    *("ivory coast", "burma", "uae", "united arab emirates", "holland", "the gambia", "vatican", "myanmar", "kosovo"),
)
