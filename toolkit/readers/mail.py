"""Mail: messages (EML) and pages saved as one (MHT) as their HTML or plain text."""

import re
from collections import deque
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import NamedTuple

from toolkit.readers.decoding import NotTextError, decode

LONGEST_HEADER = 2_000  # characters: the time to read one grows with the square
MOST_COMMENTS = 50  # in a header, where they may stand in each other
LOCATIONS = ("snapshot-content-location", "content-location")  # headers of pages saved as messages
MUCH_LONGER = 1.5  # times the letters of the HTML, which then only says where to read the mail, or begins it
HIDDEN = re.compile(r"<(?:style|script)\b(?:[^<]+|<(?!/))*|<[^<>]*>|https?://[^\s<>]+", re.IGNORECASE)
SEEN = ("image", "audio", "video", "font")  # kinds of parts that hold no article


class Mail(NamedTuple):
    """What a message, or something attached to one, holds: its largest HTML part and its largest plain one.

    The HTML is "" where the plain text is far longer; `address` is where a page saved as a message was saved from.
    """

    html: str
    plain: str
    encoding: str  # of the HTML
    shorter: int  # other parts of the kind that is read
    subject: str
    date: str
    address: str
    unread: str  # what is attached and neither a message nor a text


class _Policy(policy.EmailPolicy):
    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        value = value[:LONGEST_HEADER]
        return name, value if value.count("(") <= MOST_COMMENTS else value.replace("(", " ")


def read_mail(data: bytes) -> list[Mail]:
    """Return what a message holds, then what each thing attached to it does, other messages among them."""
    heads, found = deque([message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"), policy=_Policy())]), []
    while heads:
        head = heads.popleft()
        own, attached = _parts(head)
        found.append(_mail(head, own))
        heads += attached
    return [mail for mail in found if mail.html or mail.plain or mail.unread] or found[:1]


def _parts(head: EmailMessage) -> tuple[list[EmailMessage], list[EmailMessage]]:
    """Return the parts of a message itself, in their order, and what is attached to it."""
    own, attached, left = [], [], [head]
    while left:
        part = left.pop()
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            attached += part.get_payload()
        elif part is not head and _is_attached(part):
            attached += [] if part.get_content_maintype() in SEEN else [part]
        elif part.is_multipart():
            left += reversed(part.get_payload())
        else:
            own.append(part)
    return own, attached


def _mail(head: EmailMessage, own: list[EmailMessage]) -> Mail:
    pages = [part for part in own if part.get_content_type() == "text/html"]
    html = [_text(part) for part in pages]
    plain = [text for text, _ in (_text(part) for part in own if part.get_content_type() == "text/plain")]
    page, encoding = max(html, key=lambda one: len(one[0]), default=("", ""))
    longest = max(plain, key=len, default="")
    addresses = [_header(part, name) for name in LOCATIONS for part in (head, *pages)]
    if not any(addresses) and _letters(longest) > MUCH_LONGER * _letters(page):
        page, encoding = "", ""
    return Mail(
        html=page,
        plain=longest,
        encoding=encoding,
        shorter=max(sum(map(bool, [text for text, _ in html] if page else plain)) - 1, 0),
        subject=_header(head, "subject"),
        date=_header(head, "date"),
        address=next((found for found in addresses if found.startswith("http")), ""),
        unread="" if html or plain else _attachment(head),
    )


def _letters(text: str) -> int:
    """Return the number of letters that readers see of a page or a text, addresses left aside."""
    return sum(map(str.isalpha, HIDDEN.sub("", text)))


def _is_attached(part: EmailMessage) -> bool:
    return _header(part, "content-disposition").lower().startswith("attachment")


def _text(part: EmailMessage) -> tuple[str, str]:
    """Return the text of a part and its encoding, "" for both where it holds none."""
    try:
        return decode(part.get_payload(decode=True) or b"", part.get_content_charset() or "")
    except NotTextError:
        return "", ""


def _attachment(part: EmailMessage) -> str:
    return _header(part, "content-disposition") if _is_attached(part) else ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message[name] or "").split())
    except Exception:  # a header that breaks the rules is no reason to lose the message
        return ""
