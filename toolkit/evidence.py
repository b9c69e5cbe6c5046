"""Evidence: the sentences behind a number, drawn at random with a seed instead of picked."""

import pandas as pd

from toolkit.summary import group_of
from toolkit.tables import as_table, require, texts_of
from toolkit.terms import Terms

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
) -> pd.DataFrame:
    """Draw sentences that hold hits at random, up to `each` per category (and group of articles, if `by` is given).

    One row is a sentence: group, category, article_id, outlet, published_local, title, source, part, text, marks (a
    tuple of (start, end) within the sentence). `hits` has article_id, sentence_id, start, end and the column named by
    `category`.
    """
    require(hits, ["article_id", "sentence_id", "start", "end", category], source="hits")
    keys = ["article_id", "sentence_id"]
    spans = hits.assign(span=list(zip(hits["start"], hits["end"], strict=True)))
    marks = spans.groupby([*keys, category], sort=False)["span"].agg(tuple).rename("marks").reset_index()
    table = marks.merge(sentences[[*keys, "part", "start", "text"]], on=keys)
    table = table.assign(
        category=table[category],
        group=table["article_id"].map(group_of(articles, by)),
        marks=[
            tuple((a - at, b - at) for a, b in found) for found, at in zip(table["marks"], table["start"], strict=True)
        ],
    )
    for name in ("outlet", "published_local", "title", "source"):
        facts = dict(zip(texts_of(articles, "article_id"), texts_of(articles, name), strict=True))
        table[name] = [facts.get(article_id, "") for article_id in table["article_id"]]
    drawn = table.sample(frac=1, random_state=seed).groupby(["group", "category"], sort=False).head(max(0, each))
    order = pd.Categorical(drawn["category"], hits[category].value_counts().index)
    drawn = drawn.assign(order=order).sort_values(["order", "group", *keys], kind="stable")
    return drawn[list(EVIDENCE)].reset_index(drop=True)


def kwic(articles: pd.DataFrame, phrase: str, width: int = 60) -> pd.DataFrame:
    """Find a word or phrase in context, one row per match: article_id, part, start, end, before, match, after.

    `phrase` may hold `*` and ` ... ` as in codebooks. Offsets are into the title where part is title, else into the
    text; before and after are at most `width` characters of it.
    """
    require(articles, ["article_id", "text"], source="articles")
    terms = Terms([phrase])
    rows = (
        (article_id, part, start, end, text[max(0, start - width) : start], text[start:end], text[end : end + width])
        for part in ("title", "text")
        for article_id, text in zip(articles["article_id"], texts_of(articles, part), strict=True)
        for _, start, end in terms.find(text)
    )
    return as_table(rows, KWIC)
