"""Mail: messages (EML) and pages saved as one (MHT) as their HTML or plain text."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import NamedTuple

from toolkit.readers.decoding import NotTextError, decode


class Mail(NamedTuple):
    """What a message holds: its largest HTML part and its largest plain one, "" where there is none.

    `address` is the one a page saved as a message was saved from.
    """

    html: str
    plain: str
    encoding: str  # of the HTML
    subject: str
    date: str
    address: str


def read_mail(data: bytes) -> Mail:
    """Return the parts of a message that are to be read; attachments that are messages are searched too."""
    message = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"), policy=policy.default)
    parts: dict[str, list[tuple[str, str]]] = {"text/html": [], "text/plain": []}
    pages = [message]
    for part in message.walk():
        pages += [part] if part.get_content_type() == "text/html" else []
        if part.get_content_type() in parts and not part.is_multipart():
            parts[part.get_content_type()].append(_text(part))
    (html, encoding), (plain, _) = (
        max(found, key=lambda one: len(one[0]), default=("", "")) for found in parts.values()
    )
    addresses = (_header(part, name) for name in ("snapshot-content-location", "content-location") for part in pages)
    address = next((found for found in addresses if found.startswith("http")), "")
    return Mail(html, plain, encoding, _header(message, "subject"), _header(message, "date"), address)


def _text(part: EmailMessage) -> tuple[str, str]:
    """Return the text of a part and its encoding, "" for both where it holds none."""
    try:
        return decode(part.get_payload(decode=True) or b"", part.get_content_charset() or "")
    except NotTextError:
        return "", ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message[name] or "").split())
    except Exception:  # a header that breaks the rules is no reason to lose the message
        return ""
