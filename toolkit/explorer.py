"""Explorer: widgets over a corpus, for JupyterLab: choose; see counts, sentences, an article; hand on to a report."""

from collections.abc import Callable
from importlib.util import find_spec

import pandas as pd

from toolkit.errors import ToolkitError
from toolkit.exploring import (
    PER_ARTICLE,
    Choice,
    Explored,
    choose,
    read_explored,
    report_command,
    report_parameters,
    sentences_of,
    tables_of,
)
from toolkit.findings import count
from toolkit.plots import plot_counts
from toolkit.reading import show_article
from toolkit.registry import load_actors
from toolkit.show import show_evidence, show_figure, show_findings, show_note
from toolkit.summary import UNKNOWN, every_period, label_of

MOST = 30  # sentences shown
LISTED = 200  # articles to choose from
ALL = "all"


def explore(
    corpus: str = "sample",
    codebook: str = "codebooks/frames/generic.yml",
    actors: str = "codebooks/actors/nato-russia.yml",
):
    """Show a corpus to explore: choose outlet, period, frame and actor; see counts, sentences and an article marked.

    Returns a widget. Reading takes as long as a report does, what follows is at once. Raises ToolkitError without the
    extra `lab`.
    """
    if not find_spec("ipywidgets"):
        raise ToolkitError('exploring needs the extra lab. Install it: pip install -e ".[lab]"')
    registry = load_actors(actors)
    names = dict(zip(registry["actor_id"], registry["name"], strict=True))
    return build(read_explored(corpus, codebook, actors, names))


def build(explored: Explored):
    """Return the widget over a corpus that is read: a row of choices, and what they show."""
    import ipywidgets as widgets

    chosen = {name: widgets.Dropdown(options=options, description=name) for name, options in _options(explored).items()}
    shown = {name: widgets.HTML() for name in ("counts", "sentences", "report")}
    article, page = widgets.Select(options=[], rows=6, description="article"), widgets.HTML()

    def refresh(_: object = None) -> None:
        choice = Choice(*(widget.value for widget in chosen.values()))
        for name, html in view(explored, choice).items():
            shown[name].value = html
        article.options = listed = titles(explored, choice)
        article.value = listed[0][1] if listed else None

    def read(_: object = None) -> None:
        page.value = read_article(explored, article.value) if article.value is not None else ""

    _observe([*chosen.values()], refresh)
    _observe([article], read)
    refresh()
    read()
    return widgets.VBox(
        [
            widgets.HBox(list(chosen.values()), layout=widgets.Layout(flex_flow="row wrap")),
            *shown.values(),
            article,
            page,
        ]
    )


def _observe(widgets: list, act: Callable[[object], None]) -> None:
    for widget in widgets:
        widget.observe(act, names="value")


def _options(explored: Explored) -> dict[str, list[tuple[str, str]]]:
    outlets = sorted(set(explored.articles["outlet"]) - {""})
    months = sorted(set(explored.months) - {UNKNOWN})
    frames = [(label_of(name), name) for name in explored.frames]
    actors = sorted((label_of(name, explored.names), name) for name in explored.actors)
    found = {"outlet": [(name, name) for name in outlets], "from": [(month, month) for month in months]}
    found |= {"to": found["from"], "frame": frames, "actor": actors}
    return {name: [(ALL, ""), *options] for name, options in found.items()}


def view(explored: Explored, choice: Choice) -> dict[str, str]:
    """Return what a choice shows, as HTML: counts over time, sentences with marks, the command of a report."""
    chosen = choose(explored, choice)
    if not len(chosen.articles):
        return {"counts": show_note("No article is left. Widen the choice.").html, "sentences": "", "report": ""}
    dated = chosen.counts.drop(UNKNOWN, errors="ignore")
    told = f"{count(len(chosen.articles), 'article')}, {count(len(chosen.sentences), 'sentence')}"
    counts = show_findings([f"{told}."]).html
    if len(dated):
        months = every_period(dated.index)
        table = pd.DataFrame([dated.reindex(months, fill_value=0)], index=["articles"])
        counts += show_figure(plot_counts(table), "Articles per month.", f"{told}, by month.").html
    rows = sentences_of(explored, chosen, choice, MOST)
    command = report_command(report_parameters(explored, choice))
    return {
        "counts": counts,
        "sentences": show_evidence(rows, {"": f"The first {len(rows)} sentences"}).html,
        "report": show_note(f"As a report: {command}").html,
    }


def titles(explored: Explored, choice: Choice) -> list[tuple[str, int]]:
    """Return the first articles of a choice by date, title and outlet, each with its row."""
    rows = choose(explored, choice).articles[:LISTED]
    own = explored.articles.iloc[rows]
    told = zip(own["published_local"].str[:10], own["title"], own["outlet"], rows, strict=True)
    return [(f"{day or 'no date'}  {title or '(no title)'}  ({outlet})", int(row)) for day, title, outlet, row in told]


def read_article(explored: Explored, row: int) -> str:
    """Return the article of a row with its findings coloured in, as HTML."""
    article = explored.articles.iloc[row]
    own = tables_of(explored, article["article_id"])
    return show_article(article, *(own[name] for name in PER_ARTICLE), names=explored.names).html
