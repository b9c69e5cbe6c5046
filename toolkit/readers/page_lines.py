"""The lines of a page dump and what each shows of itself: length, punctuation, function words, repetition.

The evidence is the one boilerplate removers use on blocks of HTML (Kohlschütter et al. 2010,
doi 10.1145/1718487.1718542; Pomikálek 2011), taken from the text alone. No rule names an outlet.
"""

import re
from collections import Counter
from dataclasses import dataclass

WORD = re.compile(r"\w+(?:['’]\w+)*")
FUNCTION_WORDS = frozenset(
    """
    the a an of to in and that is was for on with as at by it from be are were has have had not this but his
    her their they he she which who will would been its or an said after about than more when there what if
    can could into we you i so no all one do did our your my out up over der die das und in den von zu mit ist
    nicht ein eine auf für le la les de des et un une du que en est pour dans qui el los las y del que por con
    una se lo il di che e
    """.split()
)
BULLET = re.compile(r"[*+o•·▪–-]\s+(?=\S)|[*+•]$")
SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
INNER_STOP = re.compile(r"[a-z0-9\"”’)][.!?][\"”’]?\s+[A-Z\"“‘]")

# What buttons and boxes say on pages everywhere: a line of these words alone is furniture.
BUTTON_WORDS = frozenset(
    """
    share tweet print pin email mail save like follow send flip copy link facebook twitter linkedin whatsapp
    reddit pinterest messenger telegram instagram youtube tumblr flipboard rss google plus sign log login
    logout register subscribe search menu close home next previous back play pause mute loading advertisement
    advertisements advert ad ads sponsored promoted paid content post program comment comments shares views
    likes read show see view load skip cookie cookies settings accept continue reading below listen watch live
    video caption media image photo gallery hide toggle enlarge top min minute minutes text size feed
    newsletter newsletters edition download app url report correction error feedback contact privacy terms
    help about story article page navigation
    """.split()
)
LINKING_WORDS = frozenset(
    """
    this on via to in it us for later by with your more all now here the of up out off get a or and
    """.split()
)
PROMOTION = re.compile(
    r"""\W*(?:
    (?:read|see|watch|listen|hear|view|find)\s(?:also|more|next|the\sfull|here)\b
    | (?:also\s(?:read|see|on|in)|see\salso|related|recommended|trending|subscribe|sign\sup|donate|sponsored)\b
    | more\s(?:from|on|about|in|stories|news|:) | most\s(?:read|popular|viewed|shared|recent) | popular\b
    | you\s(?:may|might)\s(?:also|like) | don['’]t\smiss | must[\s-]reads? | up\snext | top\sstories | latest\s
    | editors?['’]?s?\s(?:picks?|choice) | what\sto\sread\snext | follow\s(?:us|\w+\son|@) | like\sus | click\shere
    | join\s(?:us|our|the\sconversation) | download\s(?:the|our) | become\sa\s | support\s(?:our|us|independent)
    | (?:photos?|gallery|video|watch|read|listen|live):\s
    | get\s(?:the|our|breaking|all|daily|more)\b.*(?:news|app|email|inbox|newsletter)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
LEGAL = re.compile(
    r"""©|\(c\)\s?\d{4}|copyright|all\srights\sreserved|privacy\s(?:policy|notice|settings)|javascript
    | terms\s(?:of|and|&)\s(?:use|service|conditions) | \bcookies?\b | newsletters?\b | unsubscribe | e-?mail\saddress
    | your\s(?:inbox|browser|device|subscription|consent) | may\snot\sbe | redistribut | republish | reprint
    | follow\s.{1,40}\son\s(?:twitter|facebook|instagram) | @[\w-]+\.\w+ | \bsign\sup\b
    | \b(?:free\strial|per\smonth|ad\s?blocker|opt[\s-]out|affiliate)\b""",
    re.IGNORECASE | re.VERBOSE,
)
CREDIT = re.compile(
    r"""© | \bgetty\b | file\s(?:photo|pic) | <small> | image\scopyright
    | \b(?:photo(?:graph)?|picture|image|credit|foto|bild|illustration)s?\s?
      (?:by\b|credit|source|courtesy|:|/|copyright)
    | \((?:AP|AFP|Reuters|EPA)\b[^)]{0,60}\)\W*$ | /\s?(?:AP|AFP|Reuters|EPA|Getty)
    | \b(?:AP|AFP|Reuters)\s(?:Photo|/)
    """,
    re.IGNORECASE | re.VERBOSE,
)

# Where readers' comments begin, or one of them.
COMMENT = re.compile(
    r"""\W*(?:
    (?:\d+\s|top\srated\s|reader\s|view\s|all\s|add\sa\s|post\sa\s|leave\sa\s)?(?:comments?|repl(?:y|ies)|responses)
    (?:\s?\(\d+\)|\s\d+|\s(?:on|to)\s.*|:)?\W*
    | .*\bat\s\d{1,2}:\d\d(?:\s?[ap]m)?\s(?:said|says|wrote):? | (?:reply|report|rating:.*)
    | join\sthe\s(?:conversation|discussion).*)$""",
    re.IGNORECASE | re.VERBOSE,
)
AGO = re.compile(r"\b(?:\d+|an?)\s(?:min(?:ute)?|hour|day|week|month|year)s?\sago\b", re.IGNORECASE)


def is_button(text: str) -> bool:
    """Say whether a line holds nothing but what buttons say: Share, Read more, 3 comments."""
    words = [word for word in WORD.findall(text.lower().replace("-", "")) if not word.isdigit()]
    return len(words) <= 8 and all(word in BUTTON_WORDS or word in LINKING_WORDS for word in words)


SHORT = 200  # characters of a line that marks a comment
HEAD = 1_000  # characters


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, and what can be seen of it alone."""

    start: int
    end: int
    text: str
    head: str  # the beginning, from which the evidence is taken: a very long line has said by then what it is
    words: int  # of the head
    function_share: float
    ends_sentence: bool
    bullet: bool
    times: int  # how often the same words stand on the page
    after_blank: bool

    @property
    def is_prose(self) -> bool:
        """Long, and made of sentences rather than of labels."""
        if self.words < 8:
            return False
        return self.function_share >= 0.2 or (self.ends_sentence and self.function_share >= 0.1)

    @property
    def is_sentence(self) -> bool:
        return self.words >= 3 and self.ends_sentence and not self.text.endswith(":")


def lines_of(text: str) -> list[Line]:
    """Return the lines of a page that are not blank, with their offsets into it."""
    spans, place, after_blank = [], 0, True
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            start = place + raw.index(stripped)
            spans.append((start, stripped, after_blank))
        after_blank = not stripped
        place += len(raw)
    keys = [_key(stripped) for _, stripped, _ in spans]
    times = Counter(keys)
    return [_line(*span, times[key]) for span, key in zip(spans, keys, strict=True)]


def _key(text: str) -> str:
    return BULLET.sub("", text).strip().casefold()


def _line(start: int, text: str, after_blank: bool, times: int) -> Line:
    bullet = BULLET.match(text)
    if bullet and text[bullet.end() :]:
        start, text = start + bullet.end(), text[bullet.end() :]
    head = text[:HEAD]
    words = [word.lower() for word in WORD.findall(head)]
    functions = sum(word in FUNCTION_WORDS for word in words)
    return Line(
        start=start,
        end=start + len(text),
        text=text,
        head=head,
        words=len(words),
        function_share=functions / len(words) if words else 0.0,
        ends_sentence=bool(SENTENCE_END.search(text[-20:])) or bool(INNER_STOP.search(head)),
        bullet=bool(bullet),
        times=times,
        after_blank=after_blank,
    )


def weight(line: Line) -> float:
    """Return how much a line speaks for (above 0) or against being part of an article's body."""
    if line.times > 1 and line.words < 30:
        return -12.0
    if LEGAL.search(line.head) or AGO.search(line.head):
        return -15.0 if line.words < 60 else 0.0
    if line.words < 30 and PROMOTION.match(line.head):
        return -10.0
    if line.is_prose:
        value = min(line.words, 60.0) if line.ends_sentence else 0.3 * min(line.words, 30)
        return value * (0.3 if line.bullet else 1.0)
    if line.is_sentence:
        return 1.0
    return -6.0 if line.bullet or is_button(line.head) else -3.0


def body_block(lines: list[Line]) -> tuple[int, int]:
    """Return the (first, last + 1) of the lines among which the article stands.

    Each line that looks like a reader's comment halves the weight of all that follows, so that a short article wins
    over the long discussion below it.
    """
    weights, trust = [], 1.0
    for line in lines:
        if line.words < 25 and COMMENT.match(line.head[:SHORT]):
            trust /= 2
            weights.append(-12.0)
        else:
            value = weight(line)
            weights.append(value * trust if value > 0 else value)
    return densest_block(weights)


def densest_block(weights: list[float]) -> tuple[int, int]:
    """Return the (first, last + 1) of the lines with the greatest sum; (0, 0) where nothing speaks for any."""
    best, best_sum, first, running = (0, 0), 0.0, 0, 0.0
    for number, value in enumerate(weights):
        if running <= 0:
            first, running = number, 0.0
        running += value
        if running > best_sum:
            best, best_sum = (first, number + 1), running
    return best
