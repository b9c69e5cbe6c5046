"""Company: which actors stand beside each other, in a sentence or in an article, as a network."""

from collections import Counter
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from toolkit.errors import TableError
from toolkit.store import replace_safely, write_csv
from toolkit.tables import COMPANY, as_table, require, texts_of

WITHIN = {"sentence": ["article_id", "sentence_id"], "article": ["article_id"]}
GRAPHML = "http://graphml.graphdrawing.org/xmlns"
KEYS = {"name": ("node", "string"), "kind": ("node", "string"), "weight": ("edge", "int"), "articles": ("edge", "int")}


def count_company(mentions: pd.DataFrame, within: str = "sentence") -> pd.DataFrame:
    """Count how often two actors are named together, one row per pair that is at least once, most often first.

    Columns: actor, other (actor_ids, the first in the alphabet first), n (sentences, or articles, by `within`, that
    name both), articles (in which they are together so). Mentions that belong to nobody are left out. Raises TableError
    for another unit.
    """
    if within not in WITHIN:
        raise TableError(f"{within!r} is no unit of company. Use one of: {', '.join(WITHIN)}.")
    keys = WITHIN[within]
    require(mentions, [*keys, "actor_id"], source="mentions")
    named = mentions[mentions["actor_id"] != ""].drop_duplicates([*keys, "actor_id"])
    together: Counter[tuple[str, str]] = Counter()
    articles: dict[tuple[str, str], set[str]] = {}
    for place, own in named.groupby(keys, sort=False)["actor_id"]:
        for pair in combinations(sorted(own), 2):
            together[pair] += 1
            articles.setdefault(pair, set()).add(place[0])
    rows = [(*pair, n, len(articles[pair])) for pair, n in sorted(together.items(), key=lambda one: (-one[1], one[0]))]
    return as_table(rows, COMPANY)


def save_network(pairs: pd.DataFrame, path: str | Path, actors: pd.DataFrame | None = None) -> Path:
    """Write a network of pairs (from `count_company`) as GraphML, which Gephi and R read, or as a CSV of edges.

    The suffix says which; `actors` gives nodes their names and kinds. Returns the path; raises TableError for another
    suffix or a place that cannot be written to.
    """
    require(pairs, COMPANY, source="pairs")
    path = Path(path)
    if path.suffix.lower() not in (".graphml", ".csv"):
        raise TableError(f"{path.name}: cannot write a network as {path.suffix or 'such'}. Use .graphml or .csv.")
    tree = _graph(pairs, actors)
    try:
        if path.suffix.lower() == ".csv":
            replace_safely(path, lambda place: write_csv(pairs, place))
        else:
            replace_safely(path, lambda place: tree.write(place, encoding="utf-8", xml_declaration=True))
    except OSError as error:
        raise TableError(f"{path}: cannot be written: {error.strerror}. Choose another place.") from None
    return path


def _graph(pairs: pd.DataFrame, actors: pd.DataFrame | None) -> ElementTree.ElementTree:
    root = ElementTree.Element("graphml", xmlns=GRAPHML)
    for name, (domain, kind) in KEYS.items():
        ElementTree.SubElement(root, "key", {"id": name, "for": domain, "attr.name": name, "attr.type": kind})
    graph = ElementTree.SubElement(root, "graph", edgedefault="undirected")
    told = {} if actors is None else _names(actors)
    for actor_id in sorted({*texts_of(pairs, "actor"), *texts_of(pairs, "other")}):
        node = ElementTree.SubElement(graph, "node", id=_clean(actor_id))
        name, kind = told.get(actor_id, (actor_id, ""))
        _data(node, name=name, kind=kind)
    for row in pairs.itertuples():
        edge = ElementTree.SubElement(graph, "edge", source=_clean(row.actor), target=_clean(row.other))
        _data(edge, weight=row.n, articles=row.articles)
    return ElementTree.ElementTree(root)


def _names(actors: pd.DataFrame) -> dict[str, tuple[str, str]]:
    columns = (texts_of(actors, column) for column in ("actor_id", "name", "kind"))
    return {actor_id: (name, kind) for actor_id, name, kind in zip(*columns, strict=True)}


def _data(parent: ElementTree.Element, **values: object) -> None:
    for key, value in values.items():
        ElementTree.SubElement(parent, "data", key=key).text = _clean(str(value))


def _clean(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return "".join(character for character in text if character in "\t\n" or character.isprintable())
