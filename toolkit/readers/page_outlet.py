"""The outlet of a saved page, as far as the page names it.

The holder of the copyright is often a firm that no reader knows; what ends the page's title, stands alone on a line, or
asks to be followed is a better name.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from toolkit.readers.page_labels import BODY_LABELS, Label
from toolkit.readers.page_lines import Line
from toolkit.readers.page_looks import LONGEST_NOTICE

COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)(?:\s*(?:©|\(c\)))*\s*(?:(?:\d{4}(?:\s*[-–]\s*\d{4})?)[,.]?\s*)?(?:by\s+)?([^\W\d_][^.|;,\n]{1,50})",
    re.IGNORECASE,
)
NOTICE = re.compile(r"\d{4}|\brights reserved\b", re.IGNORECASE)
RIGHTS = re.compile(
    r"\(.*|\b(?:all rights|inc\b|ltd\b|llc\b|pty\b|gmbh\b|verlag\b|media group|reserved|unless|picture|photo|\d{4}).*",
    re.IGNORECASE,
)
FIRM = re.compile(
    r"(?:\s(?:media|network|company|group|holdings?|communications|corporation|corp|co|publishing|publications"
    r"|newspapers|interactive|enterprises|partners|limited|private|digital))+$",
    re.IGNORECASE,
)
CALLS = ("About", "Advertise", "Subscribe", "Welcome", "Get")
CALL = re.compile(
    r"(?:About|Advertise (?:on|with)|Subscribe to|Welcome to) ((?:[Tt]he )?(?:[A-Z0-9][\w&'’-]*\s?){1,4})"
    r"|Get ((?:[Tt]he )?(?:[A-Z0-9][\w&'’-]*\s?){1,4}) delivered.*"
)
NO_NAME = re.compile(
    r"/|^(?:and|or|for|in|on|is|notice|policy|permissions?)\b|\b(?:[Uu]s|[Oo]ur|[Tt]his|[Yy]our|[Mm]e|[Aa]ll|[Hh]ere|[Ss]ite"
    r"|[Nn]ewsletters?|[Ee]-?mail|[Aa]lerts?)\b"
)
SUFFIX = re.compile(r"(?:.* )?\s*[|–—»:-]\s+([^|–—»:]{2,40})")
LONGEST_CALL = 60  # characters
TOP = 3  # lines among which the title of a page is saved, if it is
LONGEST_NAME = 5  # words
ARTICLE = ("caption", "credit", *BODY_LABELS)


def outlet_of(lines: list[Line], labels: list[Label]) -> str:
    """Return the name for which most speaks: the copyright, the title's end, lines that ask to follow, the dateline."""
    told: dict[str, list[str]] = defaultdict(list)
    for line, (label, _) in zip(lines, labels, strict=True):
        told[label].append(line.text)
    around = [line for line, (label, _) in zip(lines, labels, strict=True) if label not in ARTICLE]
    votes = Counter()
    for name, worth in (*_holders(around), *_suffixes(around, told["headline"])):
        votes[name] += worth
    whole = {line.text.casefold() for line in around} if votes else set()
    for name in votes:
        dated = any(name in text for text in told["dateline"])
        votes[name] += 8 * dated + 4 * (name.casefold() in whole) - 6 * bool(FIRM.search(name))
    votes.update({name: times for name, times in _called(around).items() if name not in " ".join(told["byline"])})
    names = [name for name in votes if 0 < len(name.split()) <= LONGEST_NAME and not NO_NAME.search(name)]
    return max(reversed(names), key=votes.get, default="")


def is_holder_only(outlet: str, lines: list[Line]) -> bool:
    """Say whether a name stands in no line of a page but those that tell who holds the copyright."""
    texts = (line.text.casefold() for line in lines if not (line.look.names_holder or COPYRIGHT.search(line.text)))
    return bool(outlet) and not any(outlet.casefold() in text for text in texts)


def _holders(lines: list[Line]) -> Iterator[tuple[str, int]]:
    """Yield who holds the copyright; of a firm also its name alone, where the page uses that elsewhere."""
    notices = [line.text[:LONGEST_NOTICE] for line in lines if line.look.names_holder]
    elsewhere = "\n".join([line.text for line in lines if not line.look.names_holder]).casefold() if notices else ""
    for text in notices:
        for match in COPYRIGHT.finditer(text):
            name = RIGHTS.sub("", match[1]).strip(" .,-–")
            yield name, 6 if NOTICE.search(text) else 1
            alone = FIRM.sub("", name)
            if alone != name and re.search(rf"(?<!\w){re.escape(alone.casefold())}(?!\w)", elsewhere):
                yield alone, 1


def _suffixes(lines: list[Line], titles: list[str]) -> Iterator[tuple[str, int]]:
    """Yield what follows the headline where a line repeats it; the page's title comes first, and ends on the outlet."""
    for line in lines[:TOP]:
        for title in titles:
            rest = line.text[len(title) :][:LONGEST_NOTICE]
            if line.text.startswith(title) and (match := SUFFIX.fullmatch(rest)):
                yield match[1], 8


def _called(lines: list[Line]) -> Counter:
    """Count the lines that tell about a name, or ask to subscribe to it."""
    texts = [line.text for line in lines if line.text.startswith(CALLS) and len(line.text) <= LONGEST_CALL]
    matches = map(CALL.fullmatch, dict.fromkeys(texts))
    return Counter((match[1] or match[2]).strip() for match in matches if match)
