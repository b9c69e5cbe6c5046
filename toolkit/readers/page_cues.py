"""What buttons, boxes, notices, appeals and credits say on pages everywhere, and how to tell it from news.

The words and patterns are looked for in lower-cased lines. No rule names an outlet.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

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

# What buttons and boxes say on pages everywhere: a line of these words alone is furniture.
MOST_BUTTON_WORDS = 8
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
    this on via to in it us for later by with your more all now here the of up out off get a or and
    """.split()
)


class Cue(NamedTuple):
    """A pattern for lower-cased lines, slow to try, and the words or parts without which it cannot be there."""

    search: Callable[[str], object]
    words: frozenset[str]
    parts: tuple[str, ...]

    def stands_in(self, low: str, words: list[str]) -> bool:
        likely = not self.words.isdisjoint(words) or any(map(low.__contains__, self.parts))
        return likely and self.search(low) is not None


def _cue(pattern: str, words: str, parts: str = "") -> Cue:
    return Cue(re.compile(pattern, re.VERBOSE).search, frozenset(words.split()), tuple(parts.split()))


# What points elsewhere, whatever follows; and what heads a list of links, unless a sentence begins so.
APPEAL = re.compile(
    r"""\W*(?:
    (?:read|see|watch|listen|hear|view|find)\s(?:also|more|next|the\sfull|here)\b
    | (?:also\s(?:read|see)|see\salso|subscribe\s(?:to|now|here|today)|sign\sup|donate\s(?:to|now|here|today))\b
    | more\s(?:from\sthis|stories|news\s(?:on|about|from)|:) | you\s(?:may|might)\s(?:also|like)
    | don['’]t\smiss | must[\s-]reads?:? | up\snext | what\sto\sread\snext | follow\s(?:us|@) | like\sus | click\shere
    | join\s(?:us|our|the\sconversation) | download\s(?:the|our)\s(?:\w+\s){0,3}app | become\sa\s(?:member|patron)
    | support\s(?:our\s(?:work|journalism)|independent\sjournalism)
    | (?:photos?|gallery|video|watch|read|listen|live):\s
    | get\s(?:the|our|breaking|all|daily|more)\b.*(?:news|app|email|inbox|newsletter)
    )""",
    re.VERBOSE,
)
HEADING = re.compile(
    r"""\W*(?:
    (?:also\s(?:on|in)|related|recommended|trending|subscribe|donate|sponsored)\b
    | more\s(?:from|on|about|in|news) | most\s(?:read|popular|viewed|shared|recent) | popular\b
    | top\sstories | latest\s | editors?['’]?s?\s(?:picks?|choice) | follow\s\w+\son
    | download\s(?:the|our) | become\sa\s | support\s(?:our|us|independent)
    )""",
    re.VERBOSE,
)
PROMOTION_BEGINS = frozenset(
    """
    read see watch listen hear view find also related recommended trending subscribe sign donate sponsored more most
    popular you don't don’t must up top latest editor editors editor's editor’s what follow like click join download
    become support photo photos gallery video live get
    """.split()
)
# What notices say of rights, subscriptions and buttons; the rest of what they say stands in news as well.
RIGHTS = _cue(
    r"""© | \(c\)\s?\d{4} | @[\w-]+\.\w+ | (?<!\w)(?:
    all\srights\sreserved | your\s(?:inbox|browser|device|subscription|consent) | unsubscribe
    | copyright\s(?:\d{4}|by\b|of\b|notice|protected)
    | may\snot\sbe\s(?:\w+\s(?:or\s)?){0,2}(?:published|reproduced|reprinted|republished|redistributed|broadcast)
    | sign\sup\s(?:for|to|now|here|today)\s(?:our|the|free|receive|get)
    | click\s(?:here|to\s(?:subscribe|tweet|share|read|watch))
    | if\syou\s(?:enjoy|lik)ed?\sthis | (?:like|share)\sthis\s(?:story|article|post) | registered\strademarks?\sof)""",
    words="c click enjoyed enjoy liked like share trademark trademarks rights your may sign",
    parts="© @ copyright unsubscribe",
)
TERMS = _cue(
    r"""(?<!\w)(?:
    copyright | privacy\s(?:policy|notice|settings) | javascript | terms\s(?:of|and|&)\s(?:use|service|conditions)
    | cookies?\b | newsletters?\b | e-?mail\saddress | may\snot\sbe | redistribut | republish | reprint | sign\sup\b
    | follow\s.{1,40}\son\s(?:twitter|facebook|instagram) | registered\strademarks?
    | (?:free\strial|per\smonth|ad\s?blocker|opt[\s-]out|affiliate)\b)""",
    words="trademark trademarks privacy terms cookie cookies address may follow sign trial month blocker adblocker opt "
    "affiliate",
    parts="copyright javascript newsletter redistribut republish reprint",
)
# What notices and appeals offer.
OFFER = re.compile(
    r"\b(?:newsletters?|e-?mails?|inbox|apps?|alerts|updates|(?:web)?site|pages?|story|stories|articles?|coverage|podcasts?"
    r"|facebook|twitter|instagram|whatsapp|telegram|comments|videos?|photos|pictures|here|below|click|free|journalism"
    r"|subscri\w+|member\w*|donat\w+|gift|conversation|discussion|interview|report|analysis)\b"
)
# To whom notices speak, and of what.
ADDRESS = _cue(
    r"\b(?:you|yours?|please|visit|(?:this|our)\s(?:site|website|page|article|story|material|content|newsletter|app))\b"
    r"|\b(?:wir|unsere[mnrs]?|vous|votre|vos|nous|notre|nos|usted|nuestr[oa]s?|suscr\w+|abonn\w+)\b"
    r"|^\W*(?:sign|subscribe|follow|enter|enable|accept|republish|reprints?|get|join)\b",
    parts="wir unser vous votre vos nous notre nos usted nuestr suscr abonn",
    words="you your yours please visit this our sign subscribe follow enter enable accept republish reprint reprints "
    "get join",
)
CREDIT = _cue(
    r"""© | <small>
    | \((?:[^()]{0,60}(?<!\w))?(?:getty|photos?|source:|(?:ap|afp|reuters|epa|dpa)\s?(?:/|photo))(?!\w)[^()]{0,60}\)\W*$
    | /\s?(?:ap|afp|reuters|epa|getty)\b | (?<!\w)(?:
    getty\simages | file\s(?:photo|pic) | image\scopyright
    | (?<!\b(?:an|my)\s)(?<!\b(?:the|one|his|her|its|our)\s)(?<!\b(?:this|that|each)\s)(?<!\ba\s)
      (?:photo(?:graph)?|picture|image|credit|foto|bild|illustration)s?\s?
      (?:by\b|credit|source|courtesy|:|/|copyright)
    | (?:ap|afp|reuters)\s(?:photo|/))""",
    words="getty source file picture pictures image images credit credits foto fotos bild ap afp reuters epa",
    parts="© <small> / photo illustration",
)
ADVERT = _cue(r"(?<!\w)(?:advert\w*|sponsored|promoted|paid)\b", words="sponsored promoted paid", parts="advert")
AGE = _cue(r"\b(?:\d+|an?)\s(?:min(?:ute)?|hour|day|week|month|year)s?\sago\b", "ago")
# The mark of an agency behind the last stop: of a caption, or of a report.
AGENCIES = (
    "ap|afp|reuters|epa|dpa|apa|ansa|efe|upi|tass|sid|kna|epd|ots|lusa|ats|belga|anp|tt|ntb|ritzau|pap|ctk|mti|red|ag"
)
SIGNED = re.compile(rf"[.!?…][\"'”’»“]*\s*\((?:(?:{AGENCIES})(?!\w)|[\d.,/;:&+\s-]|and|und)+\)$")
# What reports what others say is no appeal to the reader, whatever words it quotes.
REPORTING = frozenset(
    """
    said says told tells asked asks according warned added argued wrote insisted ruled claimed replied sagte sagt
    erklärte teilte laut betonte warnte dit déclaré affirmé selon dijo declaró afirmó según disse secondo zei volgens
    """.split()
)
# Who helped with a report, or who its author is: looked for in the line as it is, since names have capitals.
AUTHORS = _cue(
    r"""\bcontributed\s(?:reporting|to\s(?:this|the)\s(?:report|story|article))\b
    | ^\W*(?:Additional\s)?[Rr]eporting\sby\b
    | ^\W*(?:[A-Z][\w.'’-]+\s){1,4}(?:is|joined|covers|writes)\b.{0,80}?\b(?i:writer|reporter|journalist|editor
      |columnist|correspondent|contributor|author|blogger|producer|reporting|freelance|professor|fellow)\b""",
    words="contributed reporting writer reporter journalist editor columnist correspondent contributor author blogger "
    "producer freelance professor fellow",
)
# Where readers' comments begin, or one of them.
COMMENT = _cue(
    r"""^\W*(?:
    (?:\d+\s|top\srated\s|reader\s|view\s|all\s|add\sa\s|post\sa\s|leave\sa\s)?(?:comments?|repl(?:y|ies)|responses)
    (?:\s?\(\d+\)|\s\d+|\s(?:on|to)\s.*|:)?\W*
    | .*\bat\s\d{1,2}:\d\d(?:\s?[ap]m)?\s(?:said|says|wrote):? | (?:reply|report|rating:.*)
    | join\sthe\s(?:conversation|discussion).*)$""",
    "comment comments reply replies responses said says wrote report rating join",
)
HOLDER = _cue(r"©|\(c\)|\bcopyright\b", words="c copyright", parts="©")
STAMP = _cue(r"\b(?:published|posted|updated|created|by)\b", "published posted updated created by")
CUES = (RIGHTS, TERMS, CREDIT, ADVERT, HOLDER, AGE, AUTHORS)
CUE_WORDS = frozenset().union(*(cue.words for cue in CUES))
CUE_PARTS = tuple({part for cue in CUES for part in cue.parts})
BYLINE = re.compile(r"\W*by\s+(?:the\s+)?[a-z]\S*(?:\s+\S+){0,8}$|.*\bdesk$")

TAG_HEADING = re.compile(
    r"\W*(?:tags?|topics?|keywords?|filed under|more on this topic|related topics)\b\W*", re.IGNORECASE
)
RELATED_HEADING = re.compile(r"\W*(?:related\b|more\s|read\s|see also|from the\b)", re.IGNORECASE)
HEADING_BEGINS = frozenset("tag tags topic topics keyword keywords filed more related read see from".split())
LEAST_PROSE = 8  # words of a line that is prose


def is_button(text: str) -> bool:
    """Say whether a line holds nothing but what buttons say: Share, Read more, 3 comments."""
    return are_button_words(WORD.findall(text.lower().replace("-", "")))


def are_button_words(words: list[str]) -> bool:
    """Say whether words are those of buttons alone."""
    if not all(word in BUTTON_WORDS or word.isdigit() for word in words):
        return False
    return len(words) <= MOST_BUTTON_WORDS or sum(not word.isdigit() for word in words) <= MOST_BUTTON_WORDS


def is_legal(low: str, words: list[str], is_sentence: bool) -> bool:
    """Say whether a notice speaks: a sentence about cookies or copyright is news unless it speaks to the reader."""
    if is_sentence and not REPORTING.isdisjoint(words):
        return "©" in low
    if RIGHTS.stands_in(low, words):
        return True
    return TERMS.stands_in(low, words) and (not is_sentence or ADDRESS.stands_in(low, words))


def is_promotion(low: str, words: list[str], is_sentence: bool) -> bool:
    """Say whether a line points elsewhere: a sentence that begins as a heading might is news, unless it offers some."""
    if not is_sentence:
        return APPEAL.match(low) is not None or HEADING.match(low) is not None
    if len(words) < LEAST_PROSE:
        return APPEAL.match(low) is not None
    return REPORTING.isdisjoint(words) and APPEAL.match(low) is not None and OFFER.search(low) is not None


def is_credit(low: str, words: list[str], is_sentence: bool) -> bool:
    """Say whether a line names whose a picture is: in a sentence only names follow, no words that bind."""
    if not CREDIT.stands_in(low, words):
        return False
    if not is_sentence or "©" in low or "<small>" in low or low.endswith(")"):
        return True
    return FUNCTION_WORDS.isdisjoint(WORD.findall(low[CREDIT.search(low).end() :]))


def heads_of(low: str) -> str:
    """Return of what a line is the heading: tags, related, or nothing."""
    if TAG_HEADING.fullmatch(low):
        return "tags"
    return "related" if RELATED_HEADING.match(low) else ""
