"""Speakers: whom a cue of speech takes for speaking, as written there and under the fullest name of the article."""

import re

from toolkit.names import OPENERS, TITLES, name_spans
from toolkit.sentences import split_spans

PRONOUNS = {"he", "she", "they", "it", "we", "i"}
DETERMINERS = "the a an one another some several many his her their its my our two three four most both these those"
NOUN = r"[\w'’.&-]+"
SUBJECT = re.compile(
    rf"(?:(?:{'|'.join(DETERMINERS.split())})\s+(?:{NOUN}\s+){{0,8}}{NOUN}|(?-i:[A-Z]){NOUN}(?:\s+{NOUN}){{0,8}}"
    r"|(?:\w+\s+){0,3}(?:officials?|sources?|critics|experts?|police|analysts?|witnesses|researchers|scientists|residents"
    r"|authorities|people|supporters|opponents|lawyers?|prosecutors|spokes\w+|leaders|investigators|doctors|economists)"
    rf"(?:\s+{NOUN}){{0,4}})$",
    re.IGNORECASE,
)
TRAILING = re.compile(
    r"(?:[\s,]+(?:has|had|have|also|later|then|earlier|now|still|today|yesterday|once|again|\w+ly|did|not"
    r"|on\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))+$"
)
CLAUSE = re.compile(r"[,;:—–(\"]|\b(?:that|but|as|while|when|because|after|if|where|whether)\b")
INVERTED = re.compile(
    rf"\s+(?!(?:in|on|at|for|to|by|from|during|after|before)\s)((?:{'|'.join(DETERMINERS.split())})\s+(?:[a-z]{NOUN}\s+){{0,6}}?{NOUN}(?:\s+of\s+{NOUN}(?:\s+{NOUN})?)?"
    rf"|he|she|they|(?:[a-z-]+\s+){{0,5}}[A-Z]{NOUN}(?:\s+(?:(?:of|the|de|von|van|der|bin|al|and|for)\s+)*[A-Z]{NOUN})*(?:(?<=['’]s)(?:\s+{NOUN}){{1,4}}?)?)"
    r"(?=\s*(?:[.,;:\"—–(]|$)|\s+(?:in|on|at|during|after|before|when|as|who|to|of|from|while|told|with|and|this|last)\b)"
)
RELATIVE = re.compile(r"\s(?:who|which|whose|in|of|from|on|at)\s.*$")


def subject_before(before: str) -> str:
    """Return who is the subject of a verb that follows `before`, "" where there is none."""
    before = TRAILING.sub("", before.rstrip())
    parts = CLAUSE.split(before)
    segment = parts[-1].strip()
    if not segment and before.endswith(",") and len(parts) > 2:  # Ann Lee, the mayor, said
        named = [part.strip() for part in parts[:-1]]
        segment = next((part for part in named if 0 < len(part.split()) <= 7 and part[:1].isupper()), named[-1])
    if re.search(r"\band$", segment) and (first := before.split()):
        segment = " ".join(first[:3]) if first[0].lower() not in PRONOUNS else first[0]
    segment = re.sub(r"^(?:and|but|or|so|yet|however)\s+", "", segment, flags=re.IGNORECASE)
    words = segment.split()
    if words and words[-1].lower() in PRONOUNS:
        return words[-1]
    if not words or len(words) > 16:
        return ""
    if words[0].lower() in OPENERS and words[0].lower() not in DETERMINERS.split():
        found = re.search(rf"((?:the|a|an)\s+(?:{NOUN}\s*){{1,4}}|[A-Z]{NOUN}(?:\s+[A-Z]{NOUN})*)$", segment)
        return found[1].strip() if found else ""
    found = SUBJECT.fullmatch(segment)
    return RELATIVE.sub("", found[0]) if found and len(words) > 4 else found[0] if found else ""


def subject_after(after: str) -> str:
    """Return who follows an inverted verb (said Ann Lee), "" where nobody does."""
    found = INVERTED.match(after)
    return tidy(found[1]) if found else ""


def tidy(name: str) -> str:
    """Return a name without the full stop of its sentence."""
    return name.rstrip(".,") if not re.search(r"\b(?:[A-Z]|Jr|Sr|Inc|Co|Corp|Ltd)\.$", name) else name


class Names:
    """The people and bodies that an article names, to know again who "Lee" or "he" is."""

    def __init__(self, text: str, outside: str) -> None:
        self.full: dict[str, str] = {}
        for start, end in split_spans(outside):
            for first, last in name_spans(outside[start:end]):
                self._add(text[start + first : start + last])
        self.latest = self.person = ""

    def _add(self, name: str) -> None:
        for part in re.split(r"\s+(?:and|&|for|in|on)\s+|['’]s\s+", " ".join(name.split())):
            self._add_one(re.sub(r"['’]s$", "", part))

    def _add_one(self, name: str) -> None:
        words = name.split()
        if not words:
            return
        while len(words) > 1 and words[0].strip(".").lower() in TITLES:
            words = words[1:]
        known = self.full.get(words[-1].lower(), "")
        if len(words) > len(known.split()) and len(words) <= 4:
            self.full[words[-1].lower()] = " ".join(words)

    def resolve(self, written: str) -> str:
        """Return the fullest name of who is written as such, and remember it as the one who spoke last."""
        if written.lower() in PRONOUNS:
            return (self.person if written.lower() in ("he", "she") else "") or self.latest
        name = self._named(written) or written
        self.latest = name
        if name != written or (len(name.split()) > 1 and name.split()[0][0].isupper()) or written[:1].isupper():
            self.person = name
        return name

    def _named(self, written: str) -> str:
        runs = [f"so {written}"[start:end] for start, end in name_spans(f"so {written}")]
        if not runs or not written[-1:].isalnum() or not runs[-1].endswith(written.split()[-1]):
            return ""
        words = re.sub(r"['’]s$", "", runs[-1]).split()
        while len(words) > 1 and words[0].strip(".").lower() in TITLES:
            words = words[1:]
        full = self.full.get(words[-1].lower(), "")
        return full if len(full.split()) >= len(words) else " ".join(words)
