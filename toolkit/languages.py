"""Languages: their codes, and the one a text is written in."""

from functools import cache
from importlib.util import find_spec

_NAMES = """
    ar arabic العربية; bg bulgarian; ca catalan català; cs czech čeština; da danish dansk; de german deutsch allemand;
    el greek; en english englisch anglais inglés; es spanish español spanisch espagnol; et estonian; fi finnish suomi;
    fr french français französisch francés; he hebrew; hi hindi; hr croatian; hu hungarian magyar; id indonesian;
    it italian italiano italienisch italien; ja japanese 日本語; ko korean; lt lithuanian; lv latvian; nb bokmål;
    nl dutch nederlands niederländisch néerlandais; no norwegian norsk; pl polish polski; pt portuguese português;
    ro romanian română; ru russian русский russisch russe; sk slovak; sl slovenian; sr serbian; sv swedish svenska;
    tr turkish türkçe; uk ukrainian українська; zh chinese 中文
"""
CODES = {name: words.split()[0] for words in _NAMES.split(";") for name in words.split()}
CODES |= {"iw": "he", "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it"}
LEAST = 80  # characters; in less, names alone can decide
ENOUGH = 150, 1_000  # characters that are read, and more of them where those do not tell
SURE = 0.9


def language_code(name: str) -> str:
    """Return the two-letter code of a language as files name it: en for "ENGLISH", "en-GB" or "English; French"."""
    words = name.strip().casefold().replace("_", "-").replace("/", " ").replace(";", " ").replace(",", " ").split()
    first = words[0] if words else ""
    return CODES.get(first) or CODES.get(first.split("-")[0]) or first


@cache
def can_detect() -> bool:
    """Say whether the extra that tells languages apart is installed."""
    return find_spec("py3langid") is not None


@cache
def _identifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    # Only languages that newspapers here are written in are weighed: a few words may look like any small language.
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(set(CODES.values()) & set(identifier.labels)))
    return identifier


def detect_language(text: str) -> str:
    """Return the code of the language a text is written in, "" where it is too short, not clear, or cannot be told.

    By py3langid, a classifier on byte n-grams (Lui and Baldwin 2012, ACL P12-3005).
    """
    if len(text) < LEAST or not can_detect():
        return ""
    told = (_identifier().classify(text[:characters]) for characters in ENOUGH)
    return next((str(language) for language, probability in told if probability >= SURE), "")
