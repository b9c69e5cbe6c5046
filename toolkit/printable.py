"""Printable: names and messages that come from files, as they can stand on one line of a terminal or a report."""


def printable(text: str) -> str:
    """Return a text on one line, without what a terminal would obey or cannot show."""
    if text.isprintable() and "  " not in text and text == text.strip():
        return text
    line = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    return "".join(character if character.isprintable() else "\ufffd" for character in line)
