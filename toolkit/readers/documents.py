"""Documents: Word, RTF, mail and XML files, each an archive export or one article."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from toolkit.readers import feeds, mail, markup, word
from toolkit.readers.archives import read_export, read_export_tree
from toolkit.readers.page_fields import NO_PROSE, page_unit
from toolkit.units import Unit

NOTHING = "no article found in it: neither prose nor the layout of an archive that is known"


def read_docx(path: Path) -> Iterator[Unit]:
    """Yield one unit per document of an export, else the article a Word file holds."""
    try:
        text = word.read_docx(path.read_bytes())
    except word.NotWordError as error:
        yield Unit("", reason=str(error))
    else:
        yield from read_export(text) or [_article(text)]


def read_rtf(path: Path) -> Iterator[Unit]:
    """Yield one unit per document of an export, else the article an RTF file holds."""
    text = word.read_rtf(path.read_bytes())
    yield from read_export(text) or [_article(text)]


def read_eml(path: Path) -> Iterator[Unit]:
    """Yield the units of a mail, then those of each message or text that is attached to it."""
    for number, found in enumerate(mail.read_mail(path.read_bytes())):
        place = f"attached {number}" if number else ""
        yield from (replace(unit, place=f"{place} {unit.place}".strip()) for unit in _of_mail(found))


def _of_mail(found: mail.Mail) -> list[Unit]:
    """Return one unit per document of an export in a mail, else the mail as an article, titled by its subject."""
    if found.unread:
        return [Unit("", reason="an attachment that is neither a message nor a text", detail=found.unread)]
    tree = markup.parse(found.html) if found.html.strip() else None
    units = read_export_tree(tree) if tree is not None else []
    if units := units or read_export(found.plain):
        return units
    article = _article(markup.lines(tree) if tree is not None else found.plain)
    if article.fields:
        own = {"title": found.subject, "published": found.date}
        article = replace(article, fields=article.fields | {name: value for name, value in own.items() if value})
    if not found.shorter:
        return [article]
    return [
        replace(article, detail="; ".join(filter(None, (article.detail, f"{found.shorter} shorter texts left out"))))
    ]


def read_xml(path: Path) -> Iterator[Unit]:
    """Yield one unit per document of an export or entry of a feed; what else XML may hold is not read."""
    data = path.read_bytes()
    if feeds.is_feed(data):
        yield from feeds.read(path)
        return
    tree, damage = markup.parse_xml(data)
    units = read_export_tree(tree) if tree is not None else []
    yield from units
    if damage:
        yield Unit("end", reason="damaged XML: articles may be lost", detail=damage)
    elif not units:
        yield Unit("", reason="no article found in it: neither a feed nor the XML of an archive that is known")


def _article(text: str) -> Unit:
    """Return the one article of a document whose first line is its title, or a unit that is dropped."""
    if not text.strip():
        return Unit("", reason=NOTHING)
    unit = page_unit(text)
    return Unit("", reason=NOTHING) if NO_PROSE in unit.detail else unit
