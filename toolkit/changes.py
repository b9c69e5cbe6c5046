"""Changes: which words say that the date beside them is the one of a change, a copy or an event, not of publication."""

import re
import unicodedata

from toolkit.months import MONTH

# Words of prose count only where a date is about to follow, or where nothing does.
_SOON = (
    rf"(?=\W{{0,3}}(?:\d|$|{MONTH})|\s?[:：]"
    r"|\s(?:on|at|am|vom|le|du|el|il|em|op|den|dnia|pada)\b"
    rf"|\s(?:of|until|bis|jusqu['’]au|hasta(?:\sel)?)\W{{1,3}}(?:\d|{MONTH}))"
)
CHANGED = re.compile(
    rf"""\b(?:updated?|upd(?=\.)|modified|revised|reviewed|corrected|edited(?!\sby)|last\s(?:edited|checked|verified)
    | (?:last|date)\schanged? | changed(?=\W{{0,3}}\d|:) | changes\smade
    | (?:amended|refreshed|revision|(?:latest|new)\sversion|version(?=\svom)|as(?=\sof)|modifications?){_SOON}
    | (?:modificaci[oó]n(?:es)?|modificaç(?:ão|ões)|modific[ah]e?){_SOON}
    | (?:edita|cambia|rettifica|corregi|corrigi)[dt][oa]{_SOON}
    | (?:aktualisiert|aktualisierung|geändert|änderung|bearbeitet|stand(?=:|\svom|\W{{0,3}}\d)|letztes?\supdate)
    | (?:bearbeitung|überarbeitet|ergänzt|korrigiert|zuletzt\sgeprüft){_SOON}
    | mise?\sà\sjour|màj|maj(?=\W{{0,3}}\d)|modifiée?|actualisée?|actualizad[oa]|actualización|modificad[oa]
    | (?:corrigée?|révisée?|revisad[oa]|aangepast){_SOON} | última\sedición
    | aggiornat[oa]|aggiornamento|modificat[oa]|bijgewerkt|gewijzigd|laatste\supdate|atualizad[oa]|atualização
    | (?:upp|opp?)dater(?:ad|at|ades|e?t|ing)|ändrad(?:es)?|ændret|endret|redigert|redigeret
    | z?aktualiz(?:acja|acji|owan[oaey]|ace|ováno)|(?:z|ostatnia\s)modyfik(?:acja|owano)|upraven[oa]
    | обновл[её]н\w*|изменен[оа]|измен[её]н|отредактирован\w*|оновлен\w*|güncelle(?:me|ndi|nme)\w*|düzenlen(?:me|di)
    | päivitet(?:ty|tiin)|päivitys|muokattu|frissít(?:ve|és|ette)|módosít(?:va|ás)|actuali[tz]{{1,2}}at|ενημερ[ώω]\w+
    | diperbarui|retrieved|accessed|archived|expires|abgerufen|consulté|consultado
    | (?:cached|crawled|captured|downloaded|printed|re(?:published|posted)|taken|snapshot){_SOON}
    | (?:valid|born|deadline|event\sdate){_SOON}
    | (?:heruntergeladen|gespeichert|gedruckt|gültig|geboren|imprimé|téléchargé|valable|née?|impreso|descargado){_SOON}
    )\b|更新|수정""",
    re.IGNORECASE | re.VERBOSE,
)
PUBLISHED = re.compile(
    r"""(?:\b(?:(?:date\s|first\s)?(?:published|posted)|publication\sdate|created|uploaded
    | veröffentlicht|erschienen|erstellt|(?:artikel|beitrag|meldung)\svom
    | publiée?|mise?\sen\sligne|créée?|publicad[oa]|pubblicat[oa]|gepubliceerd|geplaatst)
    | ^\W*(?:date|datum|fecha|data)(?=\s?:))\b\W{0,4}""",
    re.IGNORECASE | re.VERBOSE,
)
# "12 January 2022 (last updated)": no date follows the word, and no mark parts it from the one before.
_FOLLOWS = re.compile(r"\d[^\w.!?|·•♦]{0,9}(?:[^\W\d_][\w.]{0,9}[^\w.!?|·•♦]{1,3}){0,2}$")
_NOTHING_MORE = re.compile(r"\W*$|\s?[)\]]|\s(?:by|von|par|por|da|door)\b(?!.*\d)", re.IGNORECASE)


def unchanged(text: str) -> str:
    """Return a text up to the first word of a change; "" where that word belongs to a date before it."""
    text = unicodedata.normalize("NFKC", text)
    match = CHANGED.search(text)
    if match is None:
        return text
    before = text[: match.start()]
    belongs = _FOLLOWS.search(before) and _NOTHING_MORE.match(text, match.end())
    return "" if belongs and not PUBLISHED.search(before) else before
