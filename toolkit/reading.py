"""Reading: an article as it is read, with frames, actors, quotes and tone coloured in; escaped, without script."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

import pandas as pd

from toolkit.errors import TableError
from toolkit.layers import Span, cut_pieces
from toolkit.sentences import paragraph_spans
from toolkit.show import Html
from toolkit.summary import label_of
from toolkit.tables import require, texts_of

KINDS = {"frame": "Frame", "actor": "Actor", "quote": "Quote", "negative": "Negative", "positive": "Positive"}
STRONG = 0.5  # compound from which a sentence is coloured as a whole
# Here and not in the sheet of the reports, so that an article looks the same in JupyterLab.
STYLE = """\
.article{max-width:46rem;line-height:1.6}
.article h3{margin:.2rem 0}
.article .facts-line{color:#525a69;font-size:.9em;margin:.2rem 0 .8rem}
.article .legend{display:flex;flex-wrap:wrap;gap:.3rem 1rem;padding:0;margin:.6rem 0;list-style:none;font-size:.9em}
.article span[class]{color:#1f2430}
.article .negative{background:#fde3cf}
.article .positive{background:#d5ecf7}
.article .frame{background:#ffe9a8;border-bottom:2px solid #8a6d00}
.article .actor{font-weight:700;outline:1px solid #0b5394;outline-offset:1px}
.article .quote{text-decoration:underline dotted #3d4452 2px;text-underline-offset:.3em}
"""


def show_article(
    article: pd.Series | pd.DataFrame,
    hits: pd.DataFrame | None = None,
    mentions: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
    names: Mapping[str, str] | None = None,
) -> Html:
    """Show one article with what was found in it coloured in, and a legend that counts it.

    `article` is a row of an articles table (or a table of one row); `hits`, `mentions`, `quotes` are tables of findings
    with start and end, of which only those of the article are taken; `scores` and `sentences` colour whole sentences of
    a compound beyond -.5 or +.5. Where findings overlap, each shows. `names` are the actors' names by id. What is
    beneath the pointer is named. Raises TableError for more than one article, or findings without a place.
    """
    row = _one(article)
    found = [*_spans(row, "frame", hits, names), *_spans(row, "actor", mentions, names)]
    found += [*_spans(row, "quote", quotes, names), *_tone(row, scores, sentences)]
    title, text = (_text_of(row, name) for name in ("title", "text"))
    within = [span for part, span in found if part != "title"]
    heading = _marked(title, [span for part, span in found if part == "title"], 0, len(title))
    paragraphs = "".join(f"<p>{_marked(text, within, start, end)}</p>" for start, end in paragraph_spans(text))
    facts = ", ".join(filter(None, (_text_of(row, "outlet"), _text_of(row, "published_local")[:10])))
    return Html(
        f'<style>{STYLE}</style><article class="article"><h3>{heading}</h3><p class="facts-line">{escape(facts)}</p>'
        f"{_legend([span for _, span in found])}{paragraphs}</article>"
    )


def _one(article: pd.Series | pd.DataFrame) -> Mapping[str, object]:
    if isinstance(article, pd.DataFrame):
        if len(article) != 1:
            raise TableError(f"{len(article)} articles are given; one can be shown. Select its row.")
        article = article.iloc[0]
    if "article_id" not in article or "text" not in article:
        raise TableError("article lacks article_id or text. Give a row of an articles table.")
    return article


def _text_of(row: Mapping[str, object], name: str) -> str:
    value = row.get(name, "")
    return value if isinstance(value, str) else ""


def _spans(
    row: Mapping[str, object], kind: str, found: pd.DataFrame | None, names: Mapping[str, str] | None
) -> Iterator[tuple[str, Span]]:
    if found is None:
        return
    require(found, ["article_id", "start", "end"], source=f"{kind}s")
    own = found[found["article_id"] == row["article_id"]]
    parts = texts_of(own, "part") if "part" in own.columns else _parts_of(own, row)
    labels = [_label(kind, one, names or {}) for one in own.to_dict("records")]
    for part, start, end, label in zip(parts, own["start"], own["end"], labels, strict=True):
        yield part, Span(int(start), int(end), kind, label)


def _parts_of(own: pd.DataFrame, row: Mapping[str, object]) -> list[str]:
    """Tell findings in the title by their sentence: the title is the first, where there is one."""
    if "sentence_id" not in own.columns or not _text_of(row, "title").strip() or "content" in own.columns:
        return [""] * len(own)
    return ["title" if sentence_id == 0 else "" for sentence_id in own["sentence_id"]]


def _label(kind: str, found: Mapping[str, object], names: Mapping[str, str]) -> str:
    if kind == "frame":
        return f"Frame: {label_of(str(found.get('frame', '')))} ({found.get('term', '')})"
    if kind == "actor":
        return f"Actor: {names.get(str(found.get('actor_id')), found.get('actor_id') or 'ambiguous')}"
    speaker = names.get(str(found.get("actor_id")), found.get("speaker")) or "nobody named"
    return f"Quote: {speaker} ({found.get('kind', '')})"


def _tone(
    row: Mapping[str, object], scores: pd.DataFrame | None, sentences: pd.DataFrame | None
) -> Iterator[tuple[str, Span]]:
    if scores is None or sentences is None:
        return
    keys = ["article_id", "sentence_id"]
    require(scores, [*keys, "compound"], source="scores")
    own = scores.loc[scores["article_id"] == row["article_id"], [*keys, "compound"]]
    for one in own.merge(sentences, on=keys).itertuples():
        if abs(one.compound) >= STRONG:
            kind = "negative" if one.compound < 0 else "positive"
            yield one.part, Span(one.start, one.end, kind, f"{KINDS[kind]} wording: {one.compound:+.2f}")


def _marked(text: str, spans: Iterable[Span], start: int, end: int) -> str:
    pieces = []
    for piece in cut_pieces(spans, start, end):
        told = escape(text[piece.start : piece.end])
        kinds = " ".join(kind for kind in KINDS if any(span.kind == kind for span in piece.spans))
        labels = escape("; ".join(dict.fromkeys(span.label for span in piece.spans)))
        pieces.append(f'<span class="{kinds}" title="{labels}">{told}</span>' if piece.spans else told)
    return "".join(pieces)


def _legend(spans: list[Span]) -> str:
    counts = {kind: sum(span.kind == kind for span in spans) for kind in KINDS}
    items = "".join(
        f'<li><span class="{kind}">{KINDS[kind]}</span> {number:,}</li>' for kind, number in counts.items() if number
    )
    return f'<ul class="legend" aria-label="Legend">{items or "<li>Nothing was found.</li>"}</ul>'
