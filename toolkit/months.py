"""Months and days of the week: their names, whole and short, in seven languages."""

# English, German, French, Spanish, Dutch, Italian, Portuguese; a line is a month.
_MONTHS = """
january jan januar jänner jän janvier janv enero ene januari gennaio gen janeiro
february feb februar feber février févr fév fevrier febrero februari febbraio fevereiro fev
march mar märz mär mrz maerz mars marzo maart mrt março marco
april apr avril avr abril abr aprile
may mai mayo mei maggio mag maio
june jun juni juin junio giugno giu junho
july jul juli juillet juil julio luglio lug julho
august aug août aout agosto ago augustus
september sept sep septembre septiembre setiembre settembre set setembro
october oct oktober okt octobre octubre ottobre ott outubro out
november nov novembre noviembre novembro
december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro
"""
_NUMBER_OF = {word: number for number, line in enumerate(_MONTHS.split("\n")) for word in line.split()}
_WEEKDAYS = """
monday mon tuesday tues tue wednesday wed thursday thurs thur thu friday fri saturday sat sunday sun
montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sa sonnabend sonntag so
lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim
lunes martes miércoles mié jueves jue viernes vie sábado sáb domingo dom
lunedì martedì mercoledì giovedì gio venerdì sabato domenica
maandag ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za zondag zo
segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
"""


def _any_of(words: list[str]) -> str:
    """Return a pattern of words, parted by first letters so that a search gives up early; longest first."""
    ordered = sorted(words, key=lambda word: (word[0], -len(word)))
    heads = dict.fromkeys(word[0] for word in ordered)
    rests = {head: "|".join(word[1:] for word in ordered if word[0] == head) for head in heads}
    return "(?:" + "|".join(f"{head}(?:{rest})" for head, rest in rests.items()) + r")(?![^\W\d_])"


# Parts of a pattern that ignores case.
MONTH, WEEKDAY = _any_of(list(_NUMBER_OF)), _any_of(_WEEKDAYS.split())


def month_named(word: str) -> int:
    """Return the number of a month by its name, 1 for Jan., 0 where no month is called so."""
    return _NUMBER_OF.get(word.casefold(), 0)
