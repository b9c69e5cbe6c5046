"""Same names: which forms are of one name: an acronym, another spelling, a surname that stands alone."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from toolkit.name_kinds import BODIES, PLACES, countries, guess_kind
from toolkit.spellings import plain, spelling_of
from toolkit.terms import WORD
from toolkit.ways import GENERATIONS

Evidence = Mapping[str, Counter[str]]
ALIKE = 0.8  # of the letters of two spellings
LEAST = 5  # letters of a name that may be spelled otherwise
RARE = 0.05  # of the times a surname stands alone, that its full name must be found in other articles
DOMINANT = 0.8  # of the full names with a surname, to stand for it in an article that has none


def link_acronyms(evidence: Evidence) -> dict[str, str]:
    """Map acronyms to the name whose initials they are, as an article says in brackets or one name alone allows."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    by_initials: dict[str, Counter[str]] = defaultdict(Counter)
    for form, signs in evidence.items():
        initials = _initials(form)
        if len(initials) > 1:
            by_initials[initials][form] += signs["seen"]
        for sign, count in signs.items():
            bare = _bare(sign)
            if sign.startswith("(") and len(bare) > 1 and _abbreviates(bare, form):
                told[bare][form] += count
    links = {}
    for form in evidence:
        bare = _bare(form)
        if " " in form or not bare.isupper() or len(bare) < 2:
            continue
        if told[bare]:
            links[form] = told[bare].most_common(1)[0][0]
        elif full := _only(by_initials[bare], evidence):
            links[form] = full
    return {form: full for form, full in links.items() if form != full}


def _only(forms: Counter[str], evidence: Evidence) -> str:
    """Return the name to which initials belong: a country's, else the one there is, if it is no person's."""
    every = [form for form, _ in forms.most_common() if plain(form).lower() in countries()] or list(forms)
    return every[0] if len(every) == 1 and guess_kind(every[0], evidence[every[0]]) != "person" else ""


def _bare(form: str) -> str:
    return re.sub(r"[^\w]", "", form)


def _initials(form: str) -> str:
    words = WORD.findall(form) if " " in form else []
    return "" if any(map(str.isupper, words)) else "".join(word[0] for word in words if word[0].isupper())


def _abbreviates(acronym: str, form: str) -> bool:
    """Say whether the letters of an acronym stand in a name in their order, the first at its first capital."""
    initials = _initials(form)
    letters = iter(form.lower())
    fits = all(letter in letters for letter in acronym.lower())
    return bool(initials) and initials[0] == acronym[0].upper() and fits


def link_spellings(evidence: Evidence) -> dict[str, str]:
    """Map spellings to the commonest of those that differ by accents, an initial, or a few letters of one word."""
    order = sorted(evidence, key=lambda form: (-evidence[form]["seen"], form))
    first: dict[str, str] = {}
    links = {}
    for form in order:
        standard = first.setdefault(_without_initials(form), form)
        if standard != form:
            links[form] = standard
    near: dict[tuple[int, str], list[list[str]]] = defaultdict(list)
    for form in order:
        words = plain(form).split()
        if form in links or len(words) != 2 or guess_kind(form, evidence[form]) != "person":
            continue
        for place in (0, 1):
            twins = near[place, words[place]]
            twin = next((other for other in twins if _is_alike(other[1 - place], words[1 - place])), None)
            if twin and form not in links:
                links[form] = twin[2]
            twins.append([*words, form])
    return links


def _without_initials(form: str) -> str:
    """Return the spelling of a name without its middle initials and Jr: Donald J. Trump is Donald Trump."""
    words = spelling_of(form).replace(".", "").split()
    inner = [word for word in words[1:-1] if len(word) > 1]
    kept = [words[0], *inner, *words[1:][-1:]] if words else []
    return " ".join(kept) if form != form.upper() else form.replace(".", "")


def _is_alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < LEAST or one[0] != other[0] or (one[-1] == "a") != (other[-1] == "a"):
        return False
    return SequenceMatcher(None, one.lower(), other.lower()).ratio() >= ALIKE


def short_for(forms: Iterable[tuple[str, str]], evidence: Evidence) -> dict[tuple[str, str], str]:
    """Map (article_id, single word) to the full name that ends with it, of the same article, else of nearly all."""
    forms = list(forms)
    full = {form: _last(form) for form in evidence if " " in form and _may_be_short(form, evidence[form])}
    own: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    overall: dict[str, Counter[str]] = defaultdict(Counter)
    for article_id, form in forms:
        if form in full:
            own[article_id, full[form]][form] += 1
            overall[full[form]][form] += 1
    return {
        (article_id, form): fuller
        for article_id, form in dict.fromkeys(forms)
        if " " not in form and guess_kind(form, evidence[form]) not in ("country", "place")
        if (fuller := _fuller(own.get((article_id, plain(form))), overall.get(plain(form)), evidence[form]["seen"]))
    }


def _fuller(own: Counter[str] | None, overall: Counter[str] | None, seen: int) -> str:
    if own:
        return own.most_common(1)[0][0]
    if overall:
        form, count = overall.most_common(1)[0]
        return form if count >= max(DOMINANT * sum(overall.values()), RARE * seen) else ""
    return ""


def _may_be_short(form: str, signs: Counter[str]) -> bool:
    kind, last = guess_kind(form, signs), _last(form).lower()
    return last in BODIES - {"house"} if kind == "organisation" else kind == "person" and last not in BODIES | PLACES


def _last(form: str) -> str:
    words = plain(form).split()
    while len(words) > 1 and words[-1].strip(".").lower() in GENERATIONS:
        words = words[:-1]
    return words[-1]
