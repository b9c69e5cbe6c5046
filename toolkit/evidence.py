"""Evidence: the sentences behind a number, drawn at random with a seed instead of picked."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from toolkit.errors import TableError
from toolkit.extents import SENTENCE, codes_in, each_once, encode, locate, places_in
from toolkit.recalled import read_sentences, read_texts
from toolkit.spellings import plain
from toolkit.summary import number_groups
from toolkit.tables import as_table, require, texts_of
from toolkit.terms import Terms, why_unmatchable

MARKS = str.maketrans(dict.fromkeys("“”„«»", '"'))  # as long as what they stand for, so that offsets hold
KWIC = {
    "article_id": "str",
    "part": "str",
    "start": "int64",
    "end": "int64",
    "before": "str",
    "match": "str",
    "after": "str",
}
EVIDENCE = ("group", "category", "article_id", "outlet", "published_local", "title", "source", "part", "text", "marks")


def sample_evidence(
    hits: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    category: str,
    each: int = 2,
    by: str = "",
    seed: int = 1,
    tables: str = "",
) -> pd.DataFrame:
    """Draw sentences that hold hits at random, up to `each` per category (and group of articles, if `by` is given).

    One row is a sentence: group, category, article_id, outlet, published_local, title, source, part, text, marks (a
    tuple of (start, end) within the sentence). `hits` has article_id, sentence_id, start, end and the column named by
    `category`. Where `sentences` are extents, without texts, what is drawn is read from `tables`, those of `annotate`.
    """
    require(hits, ["article_id", "sentence_id", "start", "end", category], source="hits")
    drawn = _draw(hits, sentences, articles, category, each, by, seed)
    texts = sentences if "text" in sentences else read_sentences(tables, drawn["article_id"].unique())
    table = _marked(hits, drawn, category).merge(texts[[*SENTENCE, "part", "start", "text"]], on=SENTENCE)
    table["marks"] = [
        tuple((a - at, b - at) for a, b in found) for found, at in zip(table["marks"], table["start"], strict=True)
    ]
    known = articles[articles["article_id"].isin(table["article_id"])]
    known = read_texts(known, tables, len(known)) if tables else known
    for name in ("outlet", "published_local", "title", "source"):
        facts = dict(zip(texts_of(known, "article_id"), texts_of(known, name), strict=True))
        table[name] = [facts.get(article_id, "") for article_id in table["article_id"]]
    kinds, names = encode(hits[category])
    order = pd.Categorical(table["category"], names[np.argsort(-np.bincount(kinds), kind="stable")])
    table = table.assign(order=order).sort_values(["order", "group", *SENTENCE], kind="stable")
    return table[list(EVIDENCE)].reset_index(drop=True)


def _draw(
    hits: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, category: str, each: int, by: str, seed: int
) -> pd.DataFrame:
    """Draw up to `each` sentences per category and group: article_id, sentence_id, category, group."""
    ids, (kinds, categories) = each_once(hits["article_id"])[0], encode(hits[category])
    width = hits["sentence_id"].max() + 1 if len(hits) else 1
    cells = (ids.astype("int64") * width + hits["sentence_id"].to_numpy()) * max(1, len(categories)) + kinds
    first = hits[~pd.Series(cells, index=hits.index).duplicated()]
    first = first[locate(first, sentences) >= 0]
    groups, known = number_groups(articles, by)
    places = places_in(first["article_id"], articles["article_id"])
    table = pd.DataFrame({"group": np.append(groups, -1)[places], "category": codes_in(first[category], categories)})
    drawn = table.sample(frac=1, random_state=seed)
    drawn = drawn[drawn["group"] >= 0].groupby(["group", "category"], sort=False).head(max(0, each))
    chosen = first.iloc[drawn.index][[*SENTENCE, category]].rename(columns={category: "category"})
    rows = zip(
        texts_of(chosen, "article_id"),
        chosen["sentence_id"],
        texts_of(chosen, "category"),
        known[drawn["group"]],
        strict=True,
    )
    return as_table(rows, {"article_id": "str", "sentence_id": "int64", "category": "str", "group": "str"})


def _marked(hits: pd.DataFrame, drawn: pd.DataFrame, category: str) -> pd.DataFrame:
    """Return what was drawn with the places of its hits."""
    own = hits[hits["article_id"].isin(drawn["article_id"])]
    own = own[[*SENTENCE, category, "start", "end"]].rename(columns={category: "category"})
    own = own.astype({"article_id": "str", "category": "str"})
    own = own.assign(marks=list(zip(own["start"], own["end"], strict=True)))
    keys = [*SENTENCE, "category"]
    marks = own.groupby(keys, sort=False)["marks"].agg(tuple).reset_index()
    return drawn.merge(marks.astype(drawn[keys].dtypes), on=keys)


def kwic(articles: pd.DataFrame, find: str | pd.DataFrame, width: int = 60) -> pd.DataFrame:
    """Show what was found in context, one row per match: article_id, part, start, end, before, match, after.

    `find` is a word or phrase in whatever case, kind of quotation marks and accents, which may hold `*` and ` ... ` as
    in codebooks, or a table of findings (mentions, hits, quotes) with article_id, start and end. Offsets are into the
    title where part is title, else into the text; before and after are at most `width` characters of it. Raises
    TableError for findings in other articles or texts than those given, and for a phrase without a word.
    """
    require(articles, ["article_id", "text"], source="articles")
    spans = _found(articles, find) if isinstance(find, str) else _given(articles, find)
    rows = (
        (article_id, part, start, end, text[max(0, start - width) : start], text[start:end], text[end : end + width])
        for article_id, part, text, start, end in spans
    )
    return as_table(rows, KWIC)


def _found(articles: pd.DataFrame, phrase: str) -> Iterator[tuple[str, str, str, int, int]]:
    if problem := why_unmatchable(phrase):
        raise TableError(f"{phrase!r} {problem}, so it cannot be found. Name a word or phrase, such as peace talk*.")
    terms = Terms([_even(phrase)])
    for part in ("title", "text"):
        for article_id, text in zip(texts_of(articles, "article_id"), texts_of(articles, part), strict=True):
            yield from ((article_id, part, text, start, end) for _, start, end in terms.find(_even(text)))


def _even(text: str) -> str:
    return plain(text).translate(MARKS)


def _given(articles: pd.DataFrame, found: pd.DataFrame) -> Iterator[tuple[str, str, str, int, int]]:
    require(found, ["article_id", "start", "end"], source="find")
    ids = texts_of(articles, "article_id")
    texts = {part: dict(zip(ids, texts_of(articles, part), strict=True)) for part in ("title", "text")}
    columns = texts_of(found, "article_id"), texts_of(found, "part"), found["start"], found["end"]
    for article_id, part, start, end in zip(*columns, strict=True):
        part = part if part == "title" else "text"
        if article_id not in texts[part]:
            raise TableError(f"no article {article_id!r} is among the articles. Pass the same selection.")
        if not 0 <= start <= end <= len(texts[part][article_id]):
            raise TableError(
                f"{start}-{end} is not in the {part} of article {article_id!r}. Pass what it was found in."
            )
        yield article_id, part, texts[part][article_id], start, end
