"""Suggestions: names that are frequent in a corpus and in no registry yet, one row per name with its variants.

By rules of English alone: capitals find names, and an article's own full names say whose surname or acronym stands
alone. A guess to be read by people before it becomes a registry, not a finding.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from toolkit.entities import find_entities
from toolkit.errors import TableError
from toolkit.name_kinds import guess_kind, note_evidence
from toolkit.progress import progress
from toolkit.proper_names import Found, ProperNames
from toolkit.same_names import link_acronyms, link_spellings, short_for
from toolkit.sentences import split_sentences
from toolkit.spellings import spelling_of
from toolkit.tables import SUGGESTIONS, as_table, places_of, require
from toolkit.ways import ways_of_naming

COMMON = 0.25  # of the commonest full form, that a fuller one must reach to be the name


class Occurrence(NamedTuple):
    """A name where it stands."""

    article_id: str
    form: str  # as written, without a title
    title: str
    sentence: str
    evidence: tuple[str, ...]


def suggest_actors(
    articles: pd.DataFrame, actors: pd.DataFrame | None = None, at_least: int = 2, model: str = ""
) -> pd.DataFrame:
    """Suggest actors for a registry, one row per name that is found so many times, the most frequent first.

    Columns: name (the fullest common form), kind (a guess: person, organisation, country, place, other), count
    (mentions, those by surname, title or acronym too), articles, variants (the other forms, the commonest first, joined
    by "; "), example (a sentence), article_id (its). `actors` is a registry whose names are left out. `model` names a
    spaCy model that is installed, to find the names instead of the rules. `articles` needs article_id and text.
    """
    require(articles, ["article_id", "text"], source="articles")
    if at_least < 1:
        raise TableError(f"at_least is {at_least}. Names are found once or more: give 1 or a higher number.")
    found = list(_occurrences(articles, model))
    groups = _grouped(found)
    known = set() if actors is None else {spelling_of(way.string) for way in ways_of_naming(actors)}
    rows = (_row(group) for group in groups if len(group) >= at_least and not _is_known(group, known))
    return as_table(sorted(rows, key=lambda row: (-row[2], row[0])), SUGGESTIONS)


def _occurrences(articles: pd.DataFrame, model: str) -> Iterator[Occurrence]:
    by_article: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for article_id, _, part, _, text in places_of(split_sentences(articles)):
        by_article[article_id].append((part, text))
    find = find_entities(model) if model else ProperNames(by_article.values()).find
    for article_id, sentences in progress(by_article.items(), "names", total=len(by_article)):
        for (_, text), names in zip(sentences, find(sentences), strict=True):
            for one in names:
                yield Occurrence(article_id, one.name, one.title, text, (*_acronym(text, one), *_evidence(text, one)))


def _evidence(text: str, one: Found) -> list[str]:
    told = note_evidence(text, one.start, one.end, one.title)
    return [*told, f"kind:{one.kind}"] if one.kind else told


def _acronym(text: str, one: Found) -> list[str]:
    """Return what stands in brackets after a name, as evidence: World Health Organization (WHO)."""
    found = re.match(r"[ \u00a0]\(([A-Z][\w.&-]{1,9})[,;)]", text[one.end : one.end + 16])
    return [f"({found[1]})"] if found else []


def _grouped(found: list[Occurrence]) -> list[list[Occurrence]]:
    """Put the occurrences of one name together."""
    evidence: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        evidence[one.form].update(one.evidence)
    same = link_acronyms(evidence) | link_spellings(evidence)
    fuller = short_for([(one.article_id, one.form) for one in found], evidence)
    groups: dict[str, list[Occurrence]] = defaultdict(list)
    for one in found:
        form = fuller.get((one.article_id, one.form), one.form)
        groups[_end_of(same, form)].append(one)
    return list(groups.values())


def _end_of(same: dict[str, str], form: str) -> str:
    for _ in range(len(same)):
        if same.get(form, form) == form:
            break
        form = same[form]
    return form


def _is_known(group: list[Occurrence], known: set[str]) -> bool:
    """Say whether a registry has the name, or one of its forms of several words."""
    name = _name_of(group)
    forms = {one.form for one in group if " " in one.form or one.form.isupper()}
    return any(spelling_of(form) in known for form in {name, *forms})


def _name_of(group: list[Occurrence]) -> str:
    forms = Counter(one.form for one in group)
    full = Counter({form: count for form, count in forms.items() if " " in form}) or forms
    most = max(full.values())
    return min(full, key=lambda form: (full[form] < COMMON * most, -len(form.split()), -full[form], form))


def _row(group: list[Occurrence]) -> tuple:
    name = _name_of(group)
    signs = Counter(sign for one in group for sign in one.evidence)
    signs["surname"] = sum(" " not in one.form and name.endswith(one.form) and name != one.form for one in group)
    written = Counter(f"{one.title} {one.form}".strip() for one in group)
    variants = [form for form, _ in sorted(written.items(), key=lambda pair: (-pair[1], pair[0])) if form != name]
    example = _example(one for one in group if one.form == name)
    numbers = len(group), len({one.article_id for one in group})
    return name, _kind(name, signs), *numbers, "; ".join(variants), example.sentence, example.article_id


def _kind(name: str, signs: Counter[str]) -> str:
    told = [sign.removeprefix("kind:") for sign, _ in signs.most_common() if sign.startswith("kind:")]
    return told[0] if told else guess_kind(name, signs)


def _example(group: Iterable[Occurrence]) -> Occurrence:
    """Return the occurrence in the sentence that is nearest to a readable length, the first of equals."""
    return min(group, key=lambda one: abs(len(one.sentence) - 120))
