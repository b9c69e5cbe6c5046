"""Collected: a corpus of any size as parts on disk, each of some articles, ids settled over all of them.

What is known of an article only once all are read (whether its id is its own, which columns the corpus has) is kept in
sixteen bytes an article; the rest lies in the parts, as lines of JSON.
"""

import json
import shutil
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import numpy as np

from toolkit.corpus import Corpus, as_corpus, common_columns, nothing_read, refuse_unused, settle_ids
from toolkit.drafts import Draft, find_drafts
from toolkit.errors import CorpusError
from toolkit.languages import forget_model
from toolkit.readers.page_rules import Rules
from toolkit.tables import ARTICLES

PART = 1_000  # units
CHARACTERS = 1_000_000  # of a part, for which a worker needs some 50 MB
MANY = 1_000  # units, after which a model that is not needed again takes more memory than its loading is worth
STATE = "state.json"


def collect(root: Path, folder: Path, given: Mapping[str, str], rules: Rules | None) -> int:
    """Read a file or folder of articles into parts in `folder` and return their number; what is done is not done again.

    Raises CorpusError where no article can be read.
    """
    with suppress(OSError, ValueError, TypeError, KeyError):
        return read_state(folder)["parts"]
    shutil.rmtree(folder, ignore_errors=True)  # what a run cut short has left
    folder.mkdir(parents=True)
    claims, columns, seen = array("Q"), Counter(), set()
    dropped: list[Draft] = []
    number = 0
    for number, part in enumerate(_parts(find_drafts(root, given, rules)), start=1):
        for draft in part:
            claims.append(_short(draft.fields.get("article_id", "")))
            columns.update(name for name in draft.fields if name not in ARTICLES)
            seen.update(draft.columns)
        dropped += part if len(dropped) < PART and not any(draft.fields for draft in part) else []
        lines = (json.dumps(draft, ensure_ascii=True) for draft in part)
        (folder / f"{number - 1:06}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    if len(claims) > MANY:
        forget_model()
    refuse_unused(given, seen)
    if not any(claim != _short("") for claim in claims):
        raise CorpusError(nothing_read(root.name, dropped))
    state = {"parts": number, "extra": common_columns(columns), "ids": _settled(folder, number, claims)}
    (folder / "new").write_text(json.dumps(state), encoding="utf-8")
    (folder / "new").replace(folder / STATE)
    return number


def read_state(folder: Path) -> dict:
    """Return what is known of a collected corpus as a whole: parts, extra columns, ids that had to change."""
    state = json.loads((folder / STATE).read_text(encoding="utf-8"))
    if not isinstance(state["parts"], int) or state["parts"] < 1:
        raise ValueError("no number of parts")
    return state


def load_part(folder: Path, number: int, state: Mapping) -> Corpus:
    """Return the articles and the ledger of one part, as `load_corpus` has them."""
    drafts = _drafts(folder, number)
    changed = state["ids"].get(str(number), {})
    ids = (changed.get(str(place)) or (draft.fields.get("article_id", ""), "") for place, draft in enumerate(drafts))
    return as_corpus(drafts, ids, state["extra"])


def _parts(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    part, characters = [], 0
    for draft in drafts:
        part.append(draft)
        characters += sum(map(len, draft.fields.values()))
        if len(part) == PART or characters > CHARACTERS:
            yield part
            part, characters = [], 0
    if part:
        yield part


def _drafts(folder: Path, number: int) -> list[Draft]:
    lines = (folder / f"{number:06}.jsonl").read_text(encoding="utf-8").split("\n")
    return [Draft(*entry[:-1], columns=tuple(entry[-1])) for entry in map(json.loads, lines)]


def _short(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _settled(folder: Path, parts: int, claims: array) -> dict[int, dict[int, tuple[str, str]]]:
    """Return, by part and place, the ids that cannot stay as they were claimed, each with a note.

    Only those that are claimed more than once are looked at by themselves.
    """
    hashes, times = np.unique(np.frombuffer(claims, "uint64"), return_counts=True)
    repeated = set(hashes[times > 1].tolist()) - {_short("")}
    if not repeated:
        return {}
    own = [(number, place, draft.fields["article_id"], draft.key)
           for number in range(parts)
           for place, draft in enumerate(_drafts(folder, number))
           if draft.fields and _short(draft.fields["article_id"]) in repeated]  # fmt: skip
    settled = settle_ids(claim[2:] for claim in own)
    known = set(hashes[times == 1].tolist())
    if any(_short(article_id) in known for article_id, note in settled if note):  # it is another's: look at all
        own = [(number, place, draft.fields.get("article_id", ""), draft.key)
               for number in range(parts)
               for place, draft in enumerate(_drafts(folder, number))]  # fmt: skip
        settled = settle_ids(claim[2:] for claim in own)
    changed: dict[int, dict[int, tuple[str, str]]] = {}
    for (number, place, *_), (article_id, note) in zip(own, settled, strict=True):
        if note:
            changed.setdefault(number, {})[place] = article_id, note
    return changed
