"""Print one table of ratios: what a stage costs against the plain way, what more terms and longer texts cost, and how well
speech and names are found.

python -m tests.bench, or with --against REVISION that revision and this checkout side by side.
"""

import argparse
import os
import platform
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pandas as pd

from tests.bench import growth, peers, plain_pipeline, punkt, quotes, reports, vader
from tests.bench.aims import AT_LEAST, AT_MOST, Aim, table_of
from tests.bench.clock import ROUNDS, seconds_of
from tests.bench.synthetic import make_articles
from toolkit import (
    clean_page,
    find_duplicates,
    find_frames,
    find_mentions,
    keyness,
    load_actors,
    load_corpus,
    load_frames,
    split_sentences,
)
from toolkit.paths import DATA
from toolkit.readers import page_looks
from toolkit.sweep import find_in_each
from toolkit.terms import Terms

PLAIN = 3_000  # articles, of the pipeline by hand


def recombined(sentences: pd.DataFrame, number: int) -> pd.DataFrame:
    """Return articles of 25 sentences drawn at random, every third of them a copy that lacks the last two."""
    chance, pool = random.Random(1), sorted(set(sentences["text"]))
    drawn = [chance.choices(pool, k=25) for _ in range(number)]
    texts = [" ".join(drawn[place - 1][:-2] if place % 3 == 2 else chosen) for place, chosen in enumerate(drawn)]
    return pd.DataFrame({"article_id": [f"{place:06}" for place in range(number)], "text": texts})


def cold(action: Callable[[], object]) -> Callable[[], object]:
    """Return an action that has forgotten the lines it saw before."""

    def forgetful() -> object:
        page_looks._recurring_look.cache_clear()
        return action()

    return forgetful


def different(pages: list[str], number: int) -> list[str]:
    """Return pages whose menus are those of the given ones while every line of prose is its own."""
    chance = random.Random(1)
    return [
        "\n".join(_shuffled(line, chance) for line in pages[place % len(pages)].split("\n")) for place in range(number)
    ]


def _shuffled(line: str, chance: random.Random) -> str:
    words = line.split(" ")
    return " ".join([*chance.sample(words[:-1], len(words) - 1), words[-1]]) if len(words) > 12 else line


def different_terms() -> list[str]:
    """Return the terms of all codebooks and the aliases of the registry, each once, in random order."""
    books = sorted((DATA / "codebooks" / "frames").glob("*.yml"))
    terms = pd.concat([load_frames(book)["term"] for book in books]).str.lower().tolist()
    terms += load_actors("codebooks/actors/nato-russia.yml")["alias"].str.lower().tolist()
    every = [term for term in dict.fromkeys(terms) if term]
    random.Random(1).shuffle(every)
    return every


def registry_of(sentences: pd.DataFrame, number: int) -> pd.DataFrame:
    """Return so many people and bodies, half of whose first words are in the texts, as of a registry for other news."""
    chance = random.Random(1)
    words = sorted({word for text in sentences["text"] for word in re.findall(r"[A-Z][a-z]+", text)})
    syllables = "ba ke lo mi nu ra se ti vo zu".split()
    made = ["".join(chance.choices(syllables, k=4)).capitalize() for _ in range(number)]
    names = [f"{chance.choice(words) if place % 2 else made[-place]} {one}" for place, one in enumerate(made)]
    kinds = [("person", "organisation")[place % 3 == 0] for place in range(number)]
    return pd.DataFrame({"actor_id": [str(place) for place in range(number)], "name": names, "kind": kinds})


def main() -> int:
    """Measure and print, each part as it is done and a table of all aims at the end; 1 where a result is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--against", metavar="REVISION", default="", help="of git, to be set beside this checkout")
    if against := parser.parse_args().against:
        print(*growth.compare(against), sep="\n")
        return 0
    parts = {
        "By hand": lambda: plain_pipeline.compare(make_articles(PLAIN)),
        "Sentences": punkt.compare,
        "Tone": vader.compare,
        "Other packages": peers.compare,
        "Terms, pages and copies": measure_ratios,
        "Reports": reports.compare,
        "Growth": growth.grow,
    }
    aims: list[Aim] = []
    for name, part in parts.items():
        start = time.perf_counter()
        lines, found = part()
        aims += found
        print(f"== {name} ({time.perf_counter() - start:.0f} s)", *lines, "", sep="\n", flush=True)
    quotes.main()
    print("", f"== Aims; {versions()}", *table_of(aims), sep="\n")
    return int(any(aim.needed and not aim.is_met for aim in aims))


def versions() -> str:
    """Return the versions of what was measured."""
    names = ("pandas", "pyarrow", "nltk", "vaderSentiment", "papermill")
    told = ", ".join(f"{name} {metadata.version(name)}" for name in names)
    return f"Python {platform.python_version()}, {told}; {os.cpu_count()} cores"


def measure_ratios() -> tuple[list[str], list[Aim]]:
    """Measure what depends on terms, pages and copies, and return lines that tell of it, and what is aimed at."""
    articles = load_corpus("sample").articles
    articles = pd.concat([articles.assign(article_id=articles["article_id"] + f"-{n}") for n in range(16)])
    sentences = split_sentences(articles)
    texts, actors = sentences["text"].tolist(), registry_of(sentences, 2000)
    terms = different_terms()
    pages = [path.read_text(encoding="utf-8") for path in (DATA / "sample" / "pages").glob("*.txt")]
    pages = different(sorted(pages), 400)
    book = pd.DataFrame({"frame": "any", "term": terms[:300], "kind": ["include"] * 280 + ["exclude"] * 20})
    placed = list(zip(sentences["article_id"], texts, strict=True))
    plain, three = plain_pipeline.alternation(terms[:300], re.IGNORECASE), Terms(terms[:300])

    some, ten_times = recombined(sentences, 400), recombined(sentences, 4000)
    grouped = ten_times.assign(outlet=[f"outlet {place % 10}" for place in range(len(ten_times))])

    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{place:04}.txt" for place in range(len(pages))]
        for file, page in zip(files, pages, strict=True):
            file.write_text(page, encoding="utf-8")
        loading = seconds_of(cold(lambda: load_corpus(folder)))
        reading = seconds_of(lambda: [file.read_bytes().decode("utf-8") for file in files])

    few, many = Terms(terms[:100]), Terms(terms[:2000])
    one_way = seconds_of(lambda: dict(find_in_each(texts, few)))
    rows = [
        ("2,000 terms, against 100 of them", seconds_of(lambda: dict(find_in_each(texts, many))) / one_way),
        ("300 terms as one alternation (re.I), with places and exclusions, against find_frames",
         seconds_of(lambda: plain_pipeline.plain_frames(placed, book, tuned=False)) / seconds_of(lambda: find_frames(sentences, book))),
        ("300 terms as one alternation (re.I), counted, against the same by Terms",
         seconds_of(lambda: [len(plain.findall(text)) for text in texts])
         / seconds_of(lambda: sum(len(found) for _, (found,) in find_in_each(texts, three)))),
        ("mentions of 2,000 actors, against 100 of them",
         seconds_of(lambda: find_mentions(sentences, actors)) / seconds_of(lambda: find_mentions(sentences, actors.head(100)))),
        ("find_frames with 300 terms, against reading the words of the same sentences",
         seconds_of(lambda: find_frames(sentences, book)) / seconds_of(lambda: [re.findall(r"\w+", text) for text in texts])),
        ("cleaning pages, against reading their words",
         seconds_of(cold(lambda: [clean_page(page) for page in pages])) / seconds_of(lambda: [re.findall(r"\w+", page) for page in pages])),
        (f"loading {len(pages)} pages ({len(pages) / loading:,.0f} a second), against a plain read of the same files",
         loading / reading),
        ("cleaning a page ten times as long, against one",
         seconds_of(lambda: clean_page(pages[0] * 40)) / seconds_of(lambda: clean_page(pages[0] * 4))),
        ("finding duplicates, against reading the words of the same texts",
         seconds_of(lambda: find_duplicates(some)) / seconds_of(lambda: [re.findall(r"\w+", text) for text in some["text"]])),
        ("finding duplicates among ten times the articles, against one",
         seconds_of(lambda: find_duplicates(ten_times)) / seconds_of(lambda: find_duplicates(some))),
        ("key words of ten groups, against reading the words of the same texts",
         seconds_of(lambda: keyness(grouped)) / seconds_of(lambda: [re.findall(r"\w+", text) for text in grouped["text"]])),
    ]  # fmt: skip
    lines = [f"{len(articles):,} articles, {len(sentences):,} sentences; best of {ROUNDS} runs, ratios"]
    lines += [f"{ratio:8.2f}  {name}" for name, ratio in rows]
    return lines, [
        Aim("frames: 2,000 terms against 100", AT_MOST, 2, rows[0][1]),
        Aim("frames: 300 terms with places and exclusions, an alternation against ours", AT_LEAST, 12, rows[1][1]),
        Aim("frames: 300 terms counted, an alternation against ours", AT_LEAST, 25, rows[2][1]),
        Aim("actors: 2,000 against 100", AT_MOST, 2, rows[3][1]),
    ]


if __name__ == "__main__":
    sys.exit(main())
