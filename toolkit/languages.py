"""Languages: their codes, and the one a text is written in."""

import re
from functools import cache
from importlib.util import find_spec

# A line is a language: its code and its names, in English, German, French, Dutch, Spanish, Italian and its own.
_NAMES = """
    ar arabic arabisch arabe árabe arabo العربية
    bg bulgarian bulgarisch bulgare
    ca catalan català
    cs czech tschechisch tchèque tsjechisch checo ceco čeština
    da danish dänisch danois deens danés danese dansk
    de german deutsch allemand duits alemán tedesco alemão
    el greek griechisch grec grieks griego greco
    en english englisch anglais engels inglés inglese inglês
    es spanish spanisch espagnol spaans español castellano spagnolo espanhol
    et estonian
    fi finnish finnisch finnois fins finlandés suomi
    fr french französisch français frans francés francese francês
    he hebrew hebräisch hébreu
    hi hindi
    hr croatian kroatisch
    hu hungarian ungarisch hongrois hongaars húngaro ungherese magyar
    id indonesian
    it italian italienisch italien italiaans italiano
    ja japanese japanisch japonais japans japonés giapponese 日本語
    ko korean koreanisch coréen
    lt lithuanian
    lv latvian
    nb bokmål
    nl dutch niederländisch néerlandais nederlands neerlandés holandés olandese neerlandês
    no norwegian norwegisch norvégien noors noruego norsk
    pl polish polnisch polonais pools polaco polacco polonês polski
    pt portuguese portugiesisch portugais portugees portugués portoghese português
    ro romanian rumänisch roumain roemeens rumano română
    ru russian russisch russe ruso russo русский
    sk slovak
    sl slovenian
    sr serbian serbisch
    sv swedish schwedisch suédois zweeds sueco svedese svenska
    tr turkish türkisch turc turks turco türkçe
    uk ukrainian ukrainisch ukrainien oekraïens ucraniano українська
    zh chinese chinesisch chinois chinees chino cinese 中文
"""
CODES = {name: line.split()[0] for line in _NAMES.split("\n") for name in line.split()}
CODES |= {"iw": "he", "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it"}
LEAST = 80  # characters; in less, names alone can decide
ENOUGH = 150, 1_000  # characters that are read, and more of them where those do not tell
SURE = 0.9


def language_code(name: str) -> str:
    """Return the code of the first language named, en for "ENGLISH", "en-GB" or "English; French"; "" where none is."""
    words = re.findall(r"[^\W\d_]+", name.casefold())
    return next((CODES[word] for word in words if word in CODES), "")


@cache
def can_detect() -> bool:
    """Say whether the extra that tells languages apart is installed."""
    return find_spec("py3langid") is not None


@cache
def _identifier():
    import numpy as np
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    # The same numbers in a form that need not be made anew for each text.
    weights = np.asarray(model.nb_ptc, dtype=np.float32)
    rest = model.nb_pc, model.nb_classes, model.tk_nextmove, model.tk_output
    return LanguageIdentifier(weights, *rest, norm_probs=True, tk_row=model.tk_row)


def forget_model() -> None:
    """Give back the memory of what tells languages apart, 110 MB, until it is asked again."""
    _identifier.cache_clear()


def detect_language(text: str) -> str:
    """Return the code of the language a text is written in, "" where it is too short, not clear, or cannot be told.

    By py3langid, a classifier on byte n-grams (Lui and Baldwin 2012, ACL P12-3005).
    """
    if len(text) < LEAST or not can_detect():
        return ""
    told = (_identifier().classify(text[:characters]) for characters in ENOUGH)
    return next((str(language) for language, probability in told if probability >= SURE), "")
