"""Archives: which of them an export comes from; the only place that lists them."""

from typing import TYPE_CHECKING

from toolkit.readers import apa, europresse, factiva, markup, nexis, nexis_uni, proquest
from toolkit.units import Unit

if TYPE_CHECKING:
    from lxml.etree import _Element

TEXTS = (
    (nexis_uni.is_nexis_uni, nexis_uni.find_articles),
    (nexis.is_nexis, nexis.find_articles),
    (factiva.is_factiva, factiva.find_articles),
    (proquest.is_proquest, proquest.find_articles),
    (apa.is_apa, apa.find_articles),
)
TREES = (
    (factiva.is_factiva_tree, factiva.find_in_tree),
    (europresse.is_europresse, europresse.find_in_tree),
)


def read_export(text: str) -> list[Unit]:
    """Return one unit per document of an export, [] where the text is none of an archive known here."""
    text = text.replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
    return next((list(find_articles(text)) for is_one, find_articles in TEXTS if is_one(text)), [])


def read_export_tree(tree: "_Element") -> list[Unit]:
    """Return one unit per document of an export saved as HTML or XML, [] where the tree is none."""
    for is_one, find_articles in TREES:
        if is_one(tree):
            return list(find_articles(tree))
    text = markup.lines(tree)
    return read_export(markup.lines(tree, factiva.CLASSES) if factiva.is_factiva(text) else text)
