"""Record: what a file says of one article, under our names -> the fields of an article, and what was decided."""

import hashlib
import re
import unicodedata
from datetime import UTC
from itertools import count
from typing import NamedTuple

from toolkit.dates import is_ambiguous, parse_date, unknown_zone
from toolkit.languages import detect_language, language_code
from toolkit.outlets import find_outlet, host_of
from toolkit.readers.feeds import flatten
from toolkit.units import Fields
from toolkit.zones import UNKNOWN_ZONE, zone_named, zone_of_place

NO_TEXT = "no text: its metadata is kept, nothing is scored"
MOJIBAKE = re.compile("[ÂÃÅÄÐÑ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|ï»¿")
GARBLED = "ÂÃÅÄÐÑâï"  # one of them is in all that MOJIBAKE finds
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]")
MOST_MARKS = 30  # combining ones, on one letter
MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{MOST_MARKS + 1},}}")
HIGH = b"\xff"
ASCII_OR_HIGH = bytes(range(128)) + HIGH * 128
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*$")
VERY_SHORT = 5  # words
TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|strong|em|h[1-6]|ul|ol|li|blockquote|img|figure)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE
)
LEAST_TAGS = 2


class Record(NamedTuple):
    """An article's fields, none where it is dropped for a reason."""

    fields: Fields
    key: str  # of its content
    reason: str
    notes: list[str]  # what the ledger should say of it


def is_metadata(fields: Fields) -> bool:
    """Say whether a record without a text column describes an article all the same, as lists of links do."""
    told = {name for name in ("title", "url", "published", "outlet") if fields.get(name, "").strip()}
    return bool(told & {"title", "url"}) and bool(told & {"published", "outlet"})


def settle(fields: Fields, orders: set[bool], mend: bool = True) -> Record:
    """Clean the fields of one article; settle its outlet, the instant of its publication and its language.

    `orders` are those of day and month that the dates of its file show. What was mended before is not mended again.
    """
    mended, notes = _mend(fields) if mend else (fields, [])
    cleaned = {name: _tidy(value) for name, value in mended.items()}
    if "text" not in cleaned:
        notes.append(NO_TEXT)
    elif not cleaned["text"]:
        return Record({}, "", "no text", notes)
    if "<" in cleaned.get("text", "") and len(TAG.findall(cleaned["text"])) >= LEAST_TAGS:
        cleaned["text"] = flatten(cleaned["text"])
        notes.append("tags of HTML taken out of the text")
    cleaned["text"] = _paragraphs(cleaned.get("text", ""))
    written, key = cleaned.get("outlet", ""), _hash(cleaned)
    cleaned["article_id"] = cleaned.get("article_id", "") or key
    outlet = find_outlet(written, cleaned.get("url", ""))
    if outlet:
        cleaned["outlet"] = outlet.name
        notes += [f"outlet {written} -> {outlet.name}"] if outlet.name != written else []
    if not cleaned.get("outlet"):
        cleaned["outlet"] = host_of(cleaned.get("url", ""))
        notes.append("outlet taken from its address" if cleaned["outlet"] else "no outlet")
    zone = zone_of_place(cleaned.pop("zone", "")) or (outlet.zone if outlet else "")
    notes += _date(cleaned, zone, orders)
    notes += _language(cleaned, outlet.language if outlet else "")
    if 0 < len(cleaned["text"].split(maxsplit=VERY_SHORT)) < VERY_SHORT:
        notes.append("very short")
    return Record(cleaned, key, "", notes)


def _mend(fields: Fields) -> tuple[Fields, list[str]]:
    """Repair text that was UTF-8 and had been read as cp1252; say what the ledger should hold of it."""
    broken = [name for name, value in fields.items() if not value.isascii() and _is_garbled(value)]
    if not broken:
        return fields, []
    from ftfy import fix_encoding

    mended = {name: fix_encoding(fields[name]) for name in broken}
    changed = any(mended[name] != fields[name] for name in broken)
    doubt = any(len(MOJIBAKE.findall(value)) > 2 for value in mended.values())
    notes = ["letters repaired: UTF-8 had been read as cp1252"] * changed + ["letters look garbled"] * doubt
    return fields | mended, notes


def _is_garbled(value: str) -> bool:
    # Each sign alone is looked for in a fiftieth of the time.
    return any(map(value.__contains__, GARBLED)) and MOJIBAKE.search(value) is not None


def _language(fields: Fields, of_outlet: str) -> list[str]:
    """Settle the language: as the file says, else as the text reads, else the outlet's; return what to say of it."""
    written = fields.get("language", "")
    stated, found = language_code(written), detect_language(fields["text"])
    fields["language"] = stated or found or of_outlet
    strange = [f"no language known as {written[:40]!r}"] if written and not stated else []
    if stated and found and stated != found:
        return [f"language said to be {stated}, reads as {found}"]
    if stated or not fields["language"]:
        return [] if stated else [*strange, "language unknown"]
    return [*strange, "language by its words" if found else "language taken from the outlet"]


def _tidy(value: str) -> str:
    """Return a value as text that is the same when it is tidied again."""
    if not value.replace("\n", "").replace("\t", "").isprintable():
        value = value.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        value = CONTROL.sub("", value.replace("\u2028", "\n").replace("\u2029", "\n\n"))
    if not value.isascii():
        if HIGH * 2 * MOST_MARKS in value.encode().translate(ASCII_OR_HIGH):  # a mark takes two bytes or more
            value = MARKS.sub(_few_marks, value)
        value = unicodedata.normalize("NFC", value)
    return value.strip()


def _few_marks(run: re.Match) -> str:
    """Return a run of signs with the first of its combining marks: to put many in order takes the square of the time.

    As many as in the Stream-Safe Text Format (Unicode Standard Annex 15).
    """
    marks = count()
    return "".join(sign for sign in run[0] if not unicodedata.combining(sign) or next(marks) < MOST_MARKS)


def _paragraphs(text: str) -> str:
    """Part paragraphs by blank lines; a text without any, whose lines are sentences, has one paragraph a line."""
    lines = [line.rstrip() for line in text.split("\n")]
    if "" not in lines and len(lines) > 1:
        ends = sum(bool(SENTENCE_END.search(line)) for line in lines)
        return ("\n\n" if ends >= len(lines) / 2 else "\n").join(lines)
    text = "\n".join(lines)
    return re.sub(r"\n{3,}", "\n\n", text) if "\n\n\n" in text else text


def _date(fields: Fields, zone: str, orders: set[bool]) -> list[str]:
    """Write `published` as an instant and as the outlet's local time; return what the ledger should say of it."""
    raw = fields.get("published", "")
    known = zone_named(zone)
    local = parse_date(raw, known or UNKNOWN_ZONE, orders == {True}) if raw else None
    notes = ["time zone unknown, taken as UTC"] if local and local.tzinfo is UNKNOWN_ZONE else []
    if local and (strange := unknown_zone(raw, known or UNKNOWN_ZONE)):
        notes = [f"no time zone known as {strange}, taken as {zone if known else 'UTC'}"]
    if local and len(orders) != 1 and is_ambiguous(raw):
        why = ": the file holds both orders" if orders else ""
        notes.append(f"day and month order not certain, read as month first{why}")
    try:
        instant = local.astimezone(UTC).isoformat() if local else ""
        local = local.astimezone(known) if local and known else local
    except OverflowError:
        local, instant = None, ""
    fields["published"], fields["published_local"] = instant, local.isoformat() if local else ""
    if local is None:
        notes = [f"date not understood: {raw[:40]!r}" if raw else "no date"]
    return notes


def _hash(fields: Fields) -> str:
    """Return what depends on what the file says of the article alone, not on where it was found or how read."""
    parts = [fields.get(name, "") for name in ("outlet", "published", "title", "text")]
    parts += [] if fields["text"] else [fields.get("url", "")]  # without a text, two reports may agree in all else
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", errors="replace")).hexdigest()[:12]
