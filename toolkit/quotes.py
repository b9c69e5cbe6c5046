"""Quotes: who says what, in quotation marks and in reported speech.

By rules: quotation marks, cues of speech (data/cues.yml) and the subject of the cue. Speech that no cue introduces is
found only between quotation marks that go on from an attributed quote.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from toolkit.cues import Cues, load_cues
from toolkit.names import Aliases
from toolkit.progress import progress
from toolkit.sentences import STRAIGHT, paragraph_spans, split_sentences, split_spans
from toolkit.speakers import PRONOUNS, Names, subject_after, subject_before
from toolkit.speech_marks import Marked, find_marked
from toolkit.tables import QUOTES, as_table, require, texts_of

HIDDEN = "\x01"  # in place of what stands between marks
REST = 12  # characters that another cue needs
LONGEST_SENTENCE = 2_000  # characters in which reported speech is looked for
ADDING = re.compile(
    r",\s+(?:and\s+)?(adding|saying|noting|warning|insisting|stressing|arguing|claiming|explaining)[,:]?\s+(?:that\s+)?"
)
ADDRESSEE = re.compile(
    r"\s+(?:[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*)*|(?:the|a|an|its|his|her|their)\s[\w'’-]+(?:\s[A-Z][\w'’-]*)*"
    r"|reporters|journalists|lawmakers|members|him|her|them|us|me|people|police|parliament|investors|officials)"
    r"(?:\s(?:in|on|at)\s[\w'’-]+(?:\s[A-Z][\w'’-]*)?)?(?=[\s,:])"
)
TOLD_THAT = re.compile(r"[^.\";:]{0,80}?\bthat\s+")
SAYING, TELLING = {"said", "says", "say"}, {"told", "tells", "tell", "assured", "warned", "warns", "assures"}
CIRCUMSTANCES = frozenset(
    """
    in on at to of during after before through via by for with when as while from about following monday tuesday
    wednesday thursday friday saturday sunday yesterday today earlier later last late early january february march april
    june july august september october november december so and or but little nothing much goodbye yes no not again
    """.split()
)
OTHER_CUE = re.compile(
    r",?\s+(?:but|and|while)\s+(?:he|she|they|it|[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)*)\s+(?:also\s+)?"
    r"(?:said|says|added|adds|told|warned|claimed|insisted|argued|denied|acknowledged|admitted)\b"
)
SETTINGS = frozenset(
    "during after before in on at speaking asked when while as for since with by following despite according".split()
)
THAT = re.compile(r"(?:\s+(?:on|in|at|late|early|last|this|to|during|earlier)\b[^,.;:\"]{0,60}?)?,?\s+that\s+")
BEGINNINGS = """
    the a an he she it they we i you there this these those his her its their our my no some many more most all any such
    both if while when because what one two nothing nobody people about
""".split()
CLAUSE_BEGINS = re.compile(rf"\s+(?:\"|(?:{'|'.join(BEGINNINGS)})\b|[A-Z0-9$€£])")
ACCORDING = re.compile(r"\b([Aa]ccording to|[Ii]n the words of)\s+([^,.;\"—]{2,120})")


class Stretch(NamedTuple):
    """A stretch of attributed speech in one text."""

    kind: str
    start: int
    end: int
    written: str  # the speaker, as at that place
    cue: str


def find_quotes(articles: pd.DataFrame, actors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find who says what, one row per stretch of attributed speech.

    Columns: article_id, sentence_id (where it begins), kind (direct, indirect; mixed: reported, with words in quotation
    marks), speaker (the fullest name the article has for them, what stands there where it has none, "" where nobody is
    named), as_written, actor_id (of `actors`, if given), cue, leaning (of the cue: neutral, claim, insist, admit, warn,
    deny), content (without the marks), start, end (offsets into the text). An interrupted quote is two rows, one that
    goes on in the next paragraph a row for each. `articles` needs article_id and text alone.
    """
    require(articles, ["article_id", "text"], source="articles")
    cues, aliases = load_cues(), None if actors is None else Aliases(actors, how=("alias", "surname"))
    sentences = split_sentences(articles)
    places = dict(iter(sentences[sentences["part"] != "title"].groupby("article_id")))
    rows = []
    texts = zip(texts_of(articles, "article_id"), texts_of(articles, "text"), strict=True)
    for article_id, text in progress(texts, "quotes", total=len(articles)):
        if article_id in places:
            own = places[article_id]
            starts = own["start"].tolist(), own["sentence_id"].tolist()
            rows += _rows(article_id, text, starts, cues, aliases)
    return as_table(rows, QUOTES)


def _rows(
    article_id: str, text: str, starts: tuple[list, list], cues: Cues, aliases: Aliases | None
) -> Iterator[tuple]:
    marked = find_marked(text)
    hidden = _hide(text, marked)
    names, previous, place = Names(text, hidden), ("", "", ""), 0
    for stretch in _stretches(hidden, marked, cues):
        if stretch.kind == "direct" and _is_name(text[stretch.start : stretch.end]):
            continue
        speaker = names.resolve(stretch.written) if stretch.written else ""
        who = (speaker, stretch.written, stretch.cue) if stretch.written else previous
        if stretch.kind == "direct" or stretch.written:
            previous = who
        while place + 1 < len(starts[0]) and starts[0][place + 1] <= stretch.start:
            place += 1
        leaning = cues.verbs.get(who[2].lower()) or cues.phrases.get(who[2].lower(), "neutral")
        actor = _actor_of(who[0], who[1], aliases)
        content = text[stretch.start : stretch.end]
        yield article_id, starts[1][place], stretch.kind, who[0], who[1], actor, who[2], leaning, content, *stretch[1:3]


def _is_name(content: str) -> bool:
    """Say whether what stands between marks is a name or a title: some words, all with capitals, and no end."""
    words = content.rstrip(".,").split()
    telling = [word for word in words if len(word) > 3]
    capitals = bool(telling) and all(word[:1].isupper() for word in telling)
    return 1 < len(words) < 8 and content[-1:] not in "!?" and capitals


def _actor_of(speaker: str, written: str, aliases: Aliases | None) -> str:
    for name in (written, speaker) if aliases and written.lower() not in PRONOUNS else (speaker,) if aliases else ():
        if found := aliases.find(name):
            return aliases.entries[found[-1][0]][0]
    return ""


def _hide(text: str, marked: list[Marked]) -> str:
    """Return the text with what stands between marks blotted out, except for a sign that ends it; as long as before."""
    pieces, place = [], 0
    for start, end, _ in marked:
        kept = text[end - 1] if text[end - 1] in ".!?,…" else HIDDEN
        pieces += [text[place : start - 1], '"', HIDDEN * (end - start - 1), kept]
        place = end
        if place < len(text) and not text[place].isspace():
            pieces.append('"')
            place += 1
    return "".join([*pieces, text[place:]]).translate(STRAIGHT)


def _stretches(hidden: str, marked: list[Marked], cues: Cues) -> list[Stretch]:
    found: list[Stretch] = []
    said = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(cues.verbs, key=len, reverse=True))})\b", re.IGNORECASE)
    before_last = False
    for first, last in paragraph_spans(hidden):
        own = [one for one in marked if first <= one.start <= last]
        told: list[Stretch] = []
        for start, end in split_spans(hidden[first:last]):
            sentence = first + start, first + end
            inside = [one for one in own if sentence[0] <= one.start <= sentence[1]]
            if end - start <= LONGEST_SENTENCE:
                told += _of_sentence(hidden, *sentence, inside, said, cues)
        taken = [(one.start, one.end) for one in told]
        loose = [one for one in own if not any(s <= one.start and one.end <= e for s, e in taken)]
        speaks = before_last or any(one.kind == "direct" for one in told)
        for one in loose:
            if speaks and (_is_whole(hidden, one) or not one.closed):
                nearest = min(
                    (t for t in told if t.kind == "direct" and t.written),
                    key=lambda t: abs(t.start - one.start),
                    default=None,
                )
                told.append(
                    Stretch(
                        "direct", one.start, one.end, nearest.written if nearest else "", nearest.cue if nearest else ""
                    )
                )
            elif _is_whole(hidden, one) and one.end - one.start > 40:
                told.append(Stretch("direct", one.start, one.end, "", ""))
        before_last = any(one.kind == "direct" for one in told)
        found += sorted(told, key=lambda one: one.start)
    return found


def _is_whole(hidden: str, one: Marked) -> bool:
    """Say whether what is marked reads as an utterance: it ends like one, or is long."""
    return hidden[one.end - 1] in ".!?,…" or one.end - one.start > 60


def _of_sentence(
    hidden: str, start: int, end: int, inside: list[Marked], said: re.Pattern, cues: Cues
) -> Iterator[Stretch]:
    sentence = hidden[start:end]
    if match := ACCORDING.search(sentence):
        yield from _according(sentence, start, match, inside)
        return
    place = 0
    for match in said.finditer(sentence):
        if match.start() < place:
            continue
        before, after, cue = sentence[: match.start()], sentence[match.end() :], match[0]
        behind = before.rstrip()
        written, clause = "", None
        if not behind or behind[-1] in '",':
            written = (
                subject_after(after)
                if not (behind.endswith(",") and subject_before(behind) and not behind.endswith('",'))
                else ""
            )
            if written and behind.endswith(","):
                clause = (0, len(behind) - 1)
        if not written:
            written = subject_before(before)
            if written:
                clause = _clause_after(sentence, match.end(), cue, cues) or _clause_before(before, after, written)
        if not written:
            continue
        yield from _told(hidden, start, end, inside, written, cue, clause, match)
        place = clause[1] if clause else place
        if not (clause and clause[1] < len(sentence) - REST and OTHER_CUE.match(sentence, clause[1])):
            return


def _told(
    hidden: str,
    start: int,
    end: int,
    inside: list[Marked],
    written: str,
    cue: str,
    clause: tuple[int, int] | None,
    match: re.Match,
) -> Iterator[Stretch]:
    """Yield what one cue introduces: a reported clause, with or without marked words in it, and whole quotes."""
    within = [one for one in inside if clause and start + clause[0] <= one.start and one.end <= start + clause[1] + 1]
    bare = clause and re.sub(rf"[\"{HIDDEN}\s.,!?…]", "", hidden[start + clause[0] : start + clause[1]])
    if clause and bare and len(bare) > 5:
        pieces = _split_adding(hidden, start + clause[0], start + clause[1], cue)
        whole = [
            one
            for one in within
            if one.end - one.start > 25
            and hidden[one.end - 1] in ",.!?"
            and hidden[one.start - 2 : one.start - 1] in ("", " ")
            and _is_apart(hidden, one, start + clause[0])
        ]
        for first, last, verb in pieces:
            if hidden[first] == '"':
                within = [one for one in within if not first <= one.start <= last]
                continue
            mixed = any(first <= one.start and one.end <= last + 1 for one in within if one not in whole)
            last = min([last, *(one.start - 1 for one in whole if first < one.start <= last)])
            while last > first and hidden[last - 1] in " ,.;:\n":
                last -= 1
            if last > first:
                yield Stretch("mixed" if mixed else "indirect", first, last, written, verb)
        within = [one for one in within if one not in whole]
    else:
        within = []
    for one in inside:
        if one not in within:
            short = one.end - one.start < 20 and not _is_whole(hidden, one)
            near = min(abs(one.start - start - match.end()), abs(start + match.start() - one.end)) < 40
            if not short or near:
                yield Stretch("direct", one.start, one.end, written, cue)


def _is_apart(hidden: str, one: Marked, first: int) -> bool:
    """Say whether a marked stretch stands beside a reported clause and not in it: after a colon, or as a sentence."""
    if one.start - 1 <= first:
        return True
    before = hidden[max(0, one.start - 20) : one.start - 1].rstrip()
    return before.endswith((":", ".", ",")) and one.end - one.start > 50


def _split_adding(hidden: str, first: int, last: int, cue: str) -> list[tuple[int, int, str]]:
    """Return the clauses of "said ..., adding that ...", each with its cue."""
    pieces, place, verb = [], first, cue
    for match in ADDING.finditer(hidden, first, last):
        pieces.append((place, match.start(), verb))
        place, verb = match.end(), match[1]
    return [*pieces, (place, last, verb)]


def _clause_after(sentence: str, place: int, cue: str, cues: Cues) -> tuple[int, int] | None:
    """Return the clause that a cue introduces: after "that", after whom it is told to, or at once."""
    rest = sentence[place:]
    end = len(sentence.rstrip(" .!?\n"))
    other = OTHER_CUE.search(sentence, place)
    end = other.start() if other else end
    told = cue.lower() in TELLING
    if match := (TOLD_THAT if told else THAT).match(rest):
        return place + match.end(), end
    if told and (addressee := ADDRESSEE.match(rest)) and CLAUSE_BEGINS.match(rest[addressee.end() :]):
        return place + addressee.end() + 1, end
    first = rest.split(None, 1)[0].lower().strip(",") if rest.strip() else ""
    begins = first not in CIRCUMSTANCES if cue.lower() in SAYING else CLAUSE_BEGINS.match(rest)
    if (
        cue.lower() in cues.open
        and rest[:1].isspace()
        and first not in CIRCUMSTANCES
        and first[:1].isalnum() | (first[:1] == '"')
        and begins
    ):
        return place + 1, end
    return None


def _clause_before(before: str, after: str, written: str) -> tuple[int, int] | None:
    """Return the clause that stands before ", Ann Lee" and a cue that ends the sentence."""
    ahead = before[: before.rfind(written)].rstrip()
    first = ahead.lstrip('" ').split(" ", 1)[0].lower()
    ends = '"' not in after and len(after.split()) < 9
    told = ahead.endswith(",") and len(ahead.split()) > 3 and (ends or after.startswith(","))
    return (0, len(ahead) - 1) if told and first not in SETTINGS else None


def _according(sentence: str, start: int, match: re.Match, inside: list[Marked]) -> Iterator[Stretch]:
    written = re.split(r"\s(?:who|which|that|released|published)\s", match[2])[0].strip()
    before = sentence[: match.start()].rstrip(" ,")
    behind = match.end() + len(sentence[match.end() :]) - len(sentence[match.end() :].lstrip(" ,"))
    first, last = (0, len(before)) if len(before.split()) > 2 else (behind, len(sentence.rstrip(" .!?\n")))
    if last > first:
        mixed = any(start + first <= one.start and one.end <= start + last for one in inside)
        yield Stretch("mixed" if mixed else "indirect", start + first, start + last, written, match[1].lower())
