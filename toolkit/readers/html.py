"""HTML: pages that archives save; other pages are told apart and left."""

from collections.abc import Iterator
from pathlib import Path

from toolkit.readers import Unit, markup
from toolkit.readers.archives import read_export_tree


def read(path: Path) -> Iterator[Unit]:
    """Yield one unit per document of an archive export."""
    units = read_export_tree(markup.parse(path.read_bytes()))
    yield from units or [Unit("", reason="a web page: not an archive export")]
