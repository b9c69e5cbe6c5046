"""Targets: the tone of the words about an actor, where a sentence names several and speaks of each in its own way.

VADER is blind to whom a word is about. Here a word counts in full in the clause of the mention and less beyond it; what
somebody says counts little as tone about the speaker; what is done to somebody by "accused" or "praised" is tone about
that one though VADER lacks the verb. Names carry no tone, that of the target included. The figures below were chosen on
half of a set of news sentences with people marked in them, and the table that `tests/bench/targets.py` prints is of the
other half.
"""

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from toolkit.clauses import clause_around
from toolkit.errors import TableError
from toolkit.fired import Fired, find_fired
from toolkit.masking import find_names, mask
from toolkit.memory import uncollected
from toolkit.progress import progress
from toolkit.scorer import Scorer
from toolkit.sentiment import columns_of, straighten
from toolkit.tables import TARGET_SCORES, as_table, places_of, require, texts_of
from toolkit.terms import WORD, Span, disjoint
from toolkit.vader import normalise

BEYOND = 0.3  # weight of a word outside the clause of the mention
PRAISE_BEFORE = 0.5  # weight of a positive word before it, which is more often about somebody else
SPOKEN = 0.05  # weight of what the target says
DEED = 2.0  # valence of a verb of the lists below that is done to the target
NEUTRAL = 0.05  # compounds up to it either way are labelled neutral
NEAR = 4  # words between a verb and whom it is done to
LABELS = ("negative", "neutral", "positive")
# Used in grammar and of institutions: no judgement of anybody.
NO_TONE = frozenset("like kind well want number party security defense intelligence interest".split())
HOSTILE = """
    accuse admonish arrest assail attack bash belittle berate betray blame blast castigate censure charge chide condemn
    convict criticise criticize decry defeat denigrate denounce deplore deride detain discredit dismiss excoriate expel
    fault fire humiliate impeach implicate imprison indict insult investigate jail lambast lambaste mock oust pillory
    prosecute rebuke repudiate reprimand ridicule sack scold scorn skewer slam smear sue suspend taunt trounce undermine
    vilify
""".split()
FRIENDLY = """
    acquit admire applaud back celebrate cheer commend compliment congratulate defend endorse exonerate hail honor
    honour laud praise salute support thank vindicate welcome
""".split()
DOUBLED = frozenset("expel slam".split())
SAYING = """
    said says say saying told tells added adds wrote writes announced explained noted stated argued argues asked claimed
    claims suggested insisted replied responded reported testified tweeted declared warned recalled continued believes
    believe thinks think called
""".split()
SAYS = re.compile(rf"(?:'s)?,?(?:\s(?!and\b)\w+){{0,2}}\s(?:{'|'.join(SAYING)})\b")
SAID_BY = re.compile(r"(?:\b(?:said|says|added)|\b[Aa]ccording\sto)\s(?:\w+\s)?$")
PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be|got|gets|getting)\s(?:\w+ly\s)?$", re.IGNORECASE)
BY = re.compile(r"\bby\s(?:\S+\s){0,3}$", re.IGNORECASE)
REACH = 40  # characters before a place that are looked at


def _forms(verb: str) -> set[str]:
    stem = verb.removesuffix("e")
    stem = stem + stem[-1] if verb in DOUBLED else stem
    third = f"{verb}es" if verb.endswith(("s", "sh")) else f"{verb}s"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb, f"{verb}ing", f"{verb[:-1]}ies", f"{verb[:-1]}ied"}
    return {verb, third, f"{stem}ed", f"{stem}ing"}


DEEDS = {form: sign * DEED for verbs, sign in ((HOSTILE, -1), (FRIENDLY, 1)) for verb in verbs for form in _forms(verb)}


@uncollected()
def score_targets(sentences: pd.DataFrame, mentions: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """Score the tone towards each mention of an actor, one row per mention, in order.

    `mentions`: article_id, sentence_id, start, end (offsets as in `sentences`; from the beginning of the sentence where
    that table has no `start`), actor_id if known. Columns: article_id, sentence_id, actor_id, start, end, clause_start,
    clause_end (of the clause in which it stands, offsets alike), compound (-1 to 1), label (negative, neutral,
    positive; neutral up to .05 either way). `lexicon`: changes to VADER's words, from `load_lexicon`. Raises TableError
    for a mention that is in none of the sentences.
    """
    scorer = columns_of(lexicon).scorer
    rows = []
    for mention, text, spans, offset in progress(locate(sentences, mentions, scorer), "targets", total=len(mentions)):
        article_id, sentence_id, actor_id, start, end = mention
        own = start - offset, end - offset
        clause = clause_around(text, *own)
        compound = compound_of(text, spans, own, clause, scorer)
        label = LABELS[1 + (compound > NEUTRAL) - (compound < -NEUTRAL)]
        places = start, end, clause[0] + offset, clause[1] + offset
        rows.append((article_id, sentence_id, actor_id, *places, round(compound, 4), label))
    return as_table(rows, TARGET_SCORES)


def locate(
    sentences: pd.DataFrame, mentions: pd.DataFrame, scorer: Scorer
) -> Iterator[tuple[tuple[str, int, str, int, int], str, Sequence[Span], int]]:
    """Yield of each mention its ids and offsets, its sentence, the names in that, and where that begins."""
    require(mentions, ["article_id", "sentence_id", "start", "end"], source="mentions")
    straight = straighten(sentences[sentences["article_id"].isin(mentions["article_id"])])
    names = find_names(straight, lexicon=scorer.lexicon)
    known = {place[:2]: (place[4], spans, place[3]) for place, spans in zip(places_of(straight), names, strict=True)}
    columns = (texts_of(mentions, "article_id"), mentions["sentence_id"], texts_of(mentions, "actor_id"))
    for mention in zip(*columns, mentions["start"].tolist(), mentions["end"].tolist(), strict=True):
        text, spans, offset = known.get(mention[:2], ("", (), 0))
        if not 0 <= mention[3] - offset < mention[4] - offset <= len(text):
            raise TableError(
                f"mention {mention[3]}-{mention[4]} of article {mention[0]}, sentence {mention[1]}, is not in that "
                "sentence. Find mentions in these sentences, and keep the column start if there is one."
            )
        yield mention, text, spans, offset


def compound_of(text: str, spans: Sequence[Span], own: Span, clause: Span, scorer: Scorer) -> float:
    """Return the tone towards the mention `own` of a sentence by the rules, -1 to 1."""
    masked = mask(text, list(disjoint([*spans, own])))
    fired = find_fired(text, masked, scorer, contrasted=False)
    total = sum(_weigh(word, own, clause) for word in fired)
    total += sum(deeds_of(text, own, clause, {word.start for word in fired}))
    return normalise(total * (SPOKEN if speaks(text, *own) else 1))


def _weigh(fired: Fired, own: Span, clause: Span) -> float:
    """Return what a word adds to the tone about the target."""
    if fired.word in NO_TONE or own[0] <= fired.start < own[1]:
        return 0.0
    weight = 1.0 if clause[0] <= fired.start < clause[1] else BEYOND
    return fired.valence * weight * (PRAISE_BEFORE if fired.valence > 0 and fired.start < own[0] else 1)


def deeds_of(text: str, own: Span, clause: Span, counted: set[int]) -> Iterator[float]:
    """Yield the valence of each verb done to the target that VADER has not counted: "sued X", "X was ousted"."""
    for verb in WORD.finditer(text, *clause):
        start, end = verb.span()
        deed = DEEDS.get(verb.group().lower())
        if deed is None or start in counted or own[0] <= start < own[1]:
            continue
        between = text[end : own[0]]
        if start < own[0]:
            done_to = len(between.split()) <= NEAR and not BY.search(between)
        else:
            done_to = verb.group().endswith("ed") and PASSIVE.search(text[max(0, start - REACH) : start])
        if done_to:
            yield deed


def speaks(text: str, start: int, end: int) -> bool:
    """Say whether a verb of saying stands beside the mention: "X said", "according to X"."""
    return bool(SAYS.match(text, end) or SAID_BY.search(text[max(0, start - REACH) : start]))
