"""Pack: what may be published of an analysis without the texts, and the proof by whoever holds the texts."""

import io
import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pandas as pd

from toolkit.codebooks import language_of
from toolkit.derived import derive_tables
from toolkit.errors import TableError
from toolkit.evidence import kwic
from toolkit.exports import csv_of, replace_file, save_table
from toolkit.manifest import describe_input, digest_of_code, versions
from toolkit.selection import set_aside
from toolkit.summary import article_lengths
from toolkit.tables import ARTICLES, require, texts_of

TEXTS = {"sentences": ["text"], "quotes": ["content", "as_written"]}  # columns that hold what is not ours to publish
FACTS = ("article_id", "outlet", "published_local", "section", "language", "url")
LONGEST_NAME = 5  # words of a speaker, beyond which it is a stretch of text
WIDTH = 40  # characters on each side of a match
MOST = 3  # matches shown of an article
PART = 0.1  # of an article's characters that are shown at most
MANIFEST, README = "manifest.json", "README.md"
ABOUT = """# What this is

The tables behind an analysis of {articles} news articles, without the articles. Whoever holds the same texts can check
that these tables follow from them: `toolkit evidence CORPUS --verify THIS-FOLDER`.

- `articles.csv`: a row is an article: where and when it appeared, its words, and the SHA-256 of its title and text.
- `sentences.csv`, `frame_hits.csv`, `mentions.csv`, `quotes.csv`: a row is a place in an article; `start` and `end`
  count characters of its text (of its title where `part` is title). What stands there is left out.
- `frame_counts.csv`, `mention_counts.csv`, `frame_pairs.csv`, `sentence_scores.csv`, `article_scores.csv`: counts and
  scores.
- `kwic.csv`: some matches in context, drawn at random, {width} characters on each side, {most} of an article at most
  and never more than {part:.0%} of its text.
- `codebook.yml`, `actors.yml`: the instruments. `manifest.json`: versions, and the SHA-256 of every file.
"""


def save_evidence(
    articles: pd.DataFrame, out: str | Path, codebook: str = "", actors: str = "", seed: int = 1
) -> list[Path]:
    """Write a folder of what may be published: derived tables, offsets, hashes and short contexts; return its files.

    What another language than the codebook's sets aside is left out, as in the reports. Raises TableError where the
    folder is there already, or articles lack a column of a corpus.
    """
    require(articles, ARTICLES, source="articles")
    out = Path(out)
    if out.exists():
        raise TableError(f"{out}: is there already. Choose another folder, or remove it.")
    tables = _tables(articles, codebook, actors)
    hits = tables["frame_hits"] if codebook else tables["mentions"] if actors else None
    shown = {"kwic": _contexts(articles, hits, seed)} if hits is not None else {}
    place = out.with_name(f".{out.name}.making")
    shutil.rmtree(place, ignore_errors=True)  # what a killed run left
    for name, table in (tables | shown).items():
        save_table(table, place / f"{name}.csv")
    for name, path in (("codebook.yml", codebook), ("actors.yml", actors)):
        if path:
            replace_file(place / name, lambda to, path=path: shutil.copyfile(path, to))
    about = ABOUT.format(articles=len(tables["articles"]), width=WIDTH, most=MOST, part=PART)
    replace_file(place / README, lambda to: to.write_text(about, encoding="utf-8"))
    content = _manifest(place, codebook, actors, seed)
    replace_file(place / MANIFEST, lambda to: to.write_text(content, encoding="utf-8"))
    place.rename(out)
    return sorted(out.iterdir())


def _manifest(place: Path, codebook: str, actors: str, seed: int) -> str:
    files = {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(place.iterdir())}
    inputs = {role: path for role, path in (("codebook", codebook), ("actors", actors)) if path}
    made_of = {role: describe_input(path, place)["SHA-256"] for role, path in inputs.items()}
    facts = {"inputs SHA-256": made_of, "code SHA-256": digest_of_code(), "versions": versions(), "seed": seed}
    return json.dumps(facts | {"files SHA-256": files}, indent=1) + "\n"


def _tables(articles: pd.DataFrame, codebook: str, actors: str) -> dict[str, pd.DataFrame]:
    scored, _ = set_aside(articles, language_of(codebook or actors) if codebook or actors else "en")
    tables = derive_tables(scored, codebook, actors)
    kept = {name: table.drop(columns=TEXTS.get(name, [])) for name, table in tables.items()}
    speakers = [name if len(name.split()) <= LONGEST_NAME else "" for name in kept["quotes"]["speaker"]]
    return {"articles": _facts(scored)} | kept | {"quotes": kept["quotes"].assign(speaker=speakers)}


def _facts(articles: pd.DataFrame) -> pd.DataFrame:
    """Return where and when articles appeared, how long they are, and the hashes of their titles and texts."""
    hashes = {
        f"{name} SHA-256": [sha256(text.encode("utf-8", "replace")).hexdigest() for text in texts_of(articles, name)]
        for name in ("title", "text")
    }
    return articles[list(FACTS)].assign(words=article_lengths(articles), **hashes)


def _contexts(articles: pd.DataFrame, hits: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return some matches in context, few enough of each article that no text can be put together from them."""
    drawn = kwic(
        articles, hits.drop_duplicates(["article_id", "start", "end"]).sample(frac=1, random_state=seed), WIDTH
    )
    drawn = drawn[drawn["part"] != "title"]  # of which a context would be the whole
    sizes = dict(zip(articles["article_id"], map(len, texts_of(articles, "text")), strict=True))
    taken: dict[str, list[tuple[int, int]]] = {}
    kept = []
    for place, row in enumerate(drawn.itertuples()):
        own = taken.setdefault(row.article_id, [])
        window = (row.start - len(row.before), row.end + len(row.after))
        shown = sum(end - start for start, end in [*own, window])
        apart = all(window[1] <= start or window[0] >= end for start, end in own)
        if len(own) < MOST and apart and shown <= PART * sizes[row.article_id]:
            own.append(window)
            kept.append(place)
    return drawn.iloc[kept].sort_values(["article_id", "start"], kind="stable").reset_index(drop=True)


def verify_evidence(articles: pd.DataFrame, folder: str | Path) -> tuple[bool, list[str]]:
    """Return whether the tables of a pack follow from these articles, and a sentence on each; texts are the articles'.

    Articles that are missing or differ are said, and the rows of the others are compared. Raises TableError for a
    folder that is no pack.
    """
    folder = Path(folder)
    paths = {path.stem: path for path in folder.glob("*.csv") if path.stem != "kwic"}
    if "articles" not in paths:
        raise TableError(f"{folder}: no articles.csv is in it. Give the folder that toolkit evidence wrote.")
    books = {
        name: str(folder / f"{name}.yml") if (folder / f"{name}.yml").exists() else ""
        for name in ("codebook", "actors")
    }
    changed = list(_of_files(folder))
    found = _tables(articles, **books)
    told = list(_of_articles(_read(paths["articles"].read_text("utf-8-sig")), found["articles"]))
    known = set(_read(paths["articles"].read_text("utf-8-sig"))["article_id"]) & set(found["articles"]["article_id"])
    compared = [
        _of_table(name, _read(path.read_text("utf-8-sig")), found, known) for name, path in sorted(paths.items())
    ]
    same = not told and not changed and all(same for same, _ in compared)
    return same, [*changed, *told, *(sentence for _, sentence in compared)]


def _of_files(folder: Path) -> Iterator[str]:
    """Yield a sentence on each file of a pack that is missing or is not as the manifest has it."""
    try:
        written = json.loads((folder / MANIFEST).read_text("utf-8"))["files SHA-256"]
        files = {str(name): str(digest) for name, digest in written.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        yield f"{MANIFEST}: is missing or cannot be read, so that nobody can say whether the files are as they were."
        return
    for name, digest in files.items():
        path = folder / Path(name).name
        if not path.is_file():
            yield f"{name}: is missing."
        elif sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{name}: is not as it was written."


def _read(csv: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(csv), dtype="str", keep_default_na=False)


def _of_articles(published: pd.DataFrame, found: pd.DataFrame) -> Iterator[str]:
    theirs, ours = set(published["article_id"]), set(found["article_id"])
    for what, names in (("are not among yours", theirs - ours), ("of yours are not in the pack", ours - theirs)):
        if names:
            yield f"{len(names):,} articles {what}, first {min(names)}."


def _of_table(name: str, published: pd.DataFrame, found: dict[str, pd.DataFrame], known: set[str]) -> tuple[bool, str]:
    """Compare a table row by row, where it has articles that of those which both sides have."""
    if name not in found:
        return False, f"{name}: no such table follows from these articles."
    ours = _read(csv_of(found[name]))
    if "article_id" in published.columns and "article_id" in ours.columns:
        published, ours = (table[table["article_id"].isin(known)] for table in (published, ours))
    rows = {
        table_name: set(table.itertuples(index=False, name=None))
        for table_name, table in (("p", published), ("o", ours))
    }
    if list(published.columns) == list(ours.columns) and rows["p"] == rows["o"] and len(published) == len(ours):
        return True, f"{name}: the same, {len(published):,} rows."
    return (
        False,
        f"{name}: {len(rows['p'] - rows['o']):,} of {len(published):,} rows do not follow from these articles.",
    )
