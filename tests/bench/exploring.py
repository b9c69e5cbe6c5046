"""Print how quickly exploring answers over 10,000 articles: python -m tests.bench.exploring.

The articles are those of the sample, over and over under other ids; choices of the widget are made one by one.
"""

from itertools import product
from time import perf_counter

import numpy as np
import pandas as pd

from toolkit import load_actors
from toolkit.explorer import read_article, titles, view
from toolkit.exploring import Choice, Explored, choose, index_tables, read_explored

TIMES = 160  # of 63 articles
BOOKS = ("codebooks/frames/generic.yml", "codebooks/actors/nato-russia.yml")


def repeated(explored: Explored) -> Explored:
    """Return a corpus many times as large, every article and finding under an id of its own."""

    def many(table: pd.DataFrame) -> pd.DataFrame:
        copies = [table.assign(article_id=table["article_id"] + f"-{number}") for number in range(TIMES)]
        return pd.concat(copies, ignore_index=True)

    tables = {name: many(table) for name, table in explored.tables.items() if "article_id" in table.columns}
    return index_tables(explored.corpus, many(explored.articles), tables, explored.names)


def main() -> None:
    """Read the sample once, then time choices from the click to the HTML."""
    registry = load_actors(BOOKS[1])
    explored = repeated(read_explored("sample", *BOOKS, dict(zip(registry["actor_id"], registry["name"], strict=True))))
    print(f"{len(explored.articles):,} articles, {len(explored.owner):,} sentences")
    outlets, months = ("", "Donaublick"), (("", ""), ("2022-01", "2022-02"))
    names = ("", *list(explored.frames)[:3]), ("", "nato", "russia")
    view(explored, Choice())  # fonts are read once
    times = np.array(
        [_timed(explored, Choice(outlet, *span, *both)) for outlet, span, *both in product(outlets, months, *names)]
    )
    print(f"{len(times)} choices: median {np.median(times):.2f} s, slowest {times.max():.2f} s")


def _timed(explored: Explored, choice: Choice) -> float:
    started = perf_counter()
    view(explored, choice)
    titles(explored, choice)
    if len(rows := choose(explored, choice).articles):
        read_article(explored, int(rows[0]))
    return perf_counter() - started


if __name__ == "__main__":
    main()
