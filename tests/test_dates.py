import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit.changes import CHANGED
from toolkit.dates import (
    DATE,
    day_orders,
    find_date,
    holds_date,
    is_ambiguous,
    is_plain,
    parse_date,
    unknown_zone,
)
from toolkit.months import month_named
from toolkit.zones import zone_named, zone_of_place, zone_written

VIENNA = zone_named("Europe/Vienna")
NO_DATES_ON_PAGES = """
3 may come, 20 people | in May 2022 | 2 hours ago | Monday 5:30PM | since 2019 | Updated Nov 19, 6:55 AM | pages 12-13
version 13.2.2 is out | from 10.0.12.22 on | call 01/23/4567-89 | a 12-10-15 record so far | 1 of 12 Jan 22 people
https://news.example/2022/01/12/a-title | Order 20220112 of 44573 | 12 aprıl 2022 | 31 February 2022
"""
ONE_DAY = """
12 January 2022 | January 12 2022 | 12 January, 2022 | Jan. 12, 2022 | 12th of January 2022 | 12JAN2022 | 12-Jan-22
12 Jan 22 | 12 Jan '22 | 2022-Jan-12 | 12.1.22 | 12.01.2022 | 12. 1. 2022 | Mi., 12.01.2022 | 01/12/22 | 1/12/2022
2022/01/12 | 2022.01.12 | 2022-1-12 | 2022-01-12 | 20220112 | 2022-01-12+02:00 | 2022-01-12Z | 2022-01-12 EST
12. Jänner 2022 | 12 janv. 2022 | le 12 janvier 2022 | 12 de enero de 2022 | enero 12, 2022 | 12 ene. 2022
January 12, 2022 Wednesday Late Edition - Final | 12 January 2022 (Wednesday) | LOAD-DATE: January 12, 2022
"""
NO_DATES = """
yesterday | May | May 2022 | Januar 2022 | 2022 | 12:30 | 1e9 | 13/13/2022 | 12 Jan | 1 12 2022 | 31 February 2022
44573 | 44573.9 | 220112 | 2022-W02-3 | 99999999999999 | 12-13 January 2022 | 2022-01-12 25:61 | 12 Jan 1066
12 Jan 2022 - 15 Jan 2022 | 01/01/2021 to 31/12/2021 | 2620232883
Updated 12 Jan 2022 | aktualisiert: 12.01.2022 | mis à jour le 12/01/2022 | actualizado 12/01/2022 | 12 aprıl 2022
"""


def listed(text: str) -> list[str]:
    return [item.strip() for line in text.strip().split("\n") for item in line.split(" | ")]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("More › News ♦ Published: January 12, 2022; 21:53 ♦ (Site)", "January 12, 2022 21:53"),
        ("Published 13 Jan 2022, 08:15 EET", "13 Jan 2022 08:15 EET"),
        ("21:17 18.11.2019 Get short URL", "18.11.2019 21:17"),
        ("2022-01-12T21:53:00+01:00", "2022-01-12 21:53:00 +01:00"),
        ("Monday November 18, 2019 7:45 am PST by", "November 18, 2019 7:45 am PST"),
        ("on Nov. 3rd, 2019", "Nov. 3rd, 2019"),
        ("By Ann Lee On 3/14/21 at 4:00 PM EST", "3/14/21 4:00 PM EST"),
        ("Published 10:02 AM EST Nov 19, 2019", "Nov 19, 2019 10:02 AM EST"),
        ("Posted: 00:01, Tue, Nov 19, 2019 |", "Nov 19, 2019 00:01"),
        ("Published Tue, Nov 19 20197:05 AM EST", "Nov 19 2019 7:05 AM EST"),
        ("Wien, am 3. März 2021 um 9.05 Uhr", "3. März 2021 9.05 Uhr"),
        ("Publié le 1er février 2021 à 9h05", "1er février 2021 9h05"),
        ("31/31/2022 and 12 May 2022", "12 May 2022"),
    ],
)
def test_a_date_is_found_with_its_time_and_zone(line, date):
    assert find_date(line) == date
    assert holds_date(line)


@pytest.mark.parametrize("line", listed(NO_DATES_ON_PAGES))
def test_numbers_that_are_no_date_are_not_found(line):
    assert find_date(line) == ""


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("January 12, 2022 21:53", "2022-01-12T20:53"),
        ("13 Jan 2022 08:15 EET", "2022-01-13T06:15"),
        ("2022-01-12", "2022-01-11T23:00"),
        ("2022-07-12T12:00Z", "2022-07-12T12:00"),
        ("12 January 2022 9:53 pm ET", "2022-01-13T02:53"),
        ("July 1, 2019 Monday 9:20 AM GMT", "2019-07-01T09:20"),
        ("Wed, 12 Jan 2022 21:53:00 -0500", "2022-01-13T02:53"),
        ("Wed Jan 12 21:53:00 +0000 2022", "2022-01-12T21:53"),
        ("Wed Jan 12 21:53:07 2022", "2022-01-12T20:53:07"),
        ("Wed Jan 12 2022 21:53:00 GMT+0000 (Coordinated Universal Time)", "2022-01-12T21:53"),
        ("12. Januar 2022, 21.53 Uhr", "2022-01-12T20:53"),
        ("12.07.2022 21:53 MESZ", "2022-07-12T19:53"),
        ("12.01.2022 21:53 MEZ", "2022-01-12T20:53"),
        ("12 de enero de 2022 a las 21:53 h", "2022-01-12T20:53"),
        ("mercredi 12 janvier 2022 à 21h53", "2022-01-12T20:53"),
        ("12 janvier 2022 9h et plus", "2022-01-12T08:00"),
        ("12 gennaio 2022 ore 9:53", "2022-01-12T08:53"),
        ("12 januari 2022 om 21.53 uur", "2022-01-12T20:53"),
        ("12 de janeiro de 2022 às 21h53", "2022-01-12T20:53"),
        ("12 Jan 2022 21:53 GMT+1", "2022-01-12T20:53"),
        ("12 Jan 2022 21:53 UTC-05:00", "2022-01-13T02:53"),
        ("12 Jan 2022, 21:53 Moscow time", "2022-01-12T18:53"),
        ("12 Jan 2022, 9:53 pm Eastern Time", "2022-01-13T02:53"),
        ("12 Jan 2022 09:30 IST", "2022-01-12T08:30"),
        ("12 Jan 2022 12:05 a.m.", "2022-01-11T23:05"),
        ("1642024380", "2022-01-12T21:53"),
        ("1642024380000", "2022-01-12T21:53"),
        ("20220112T201500Z", "2022-01-12T20:15"),
        ("20220112201500", "2022-01-12T19:15"),
        ("12 Jan 2022, 21:53 (updated 14 Jan 2022, 8:00)", "2022-01-12T20:53"),
    ],
)
def test_a_date_is_read_in_the_zone_given_unless_it_names_one(text, utc):
    assert parse_date(text, VIENNA).astimezone(UTC).isoformat().startswith(utc)


@pytest.mark.parametrize("text", listed(ONE_DAY))
@pytest.mark.parametrize("zone", ["Europe/Vienna", "America/New_York", "Asia/Tokyo"])
def test_a_date_without_a_time_keeps_its_day_in_every_zone(text, zone):
    found = parse_date(text, zone_named(zone))
    assert found == datetime(2022, 1, 12, tzinfo=zone_named(zone))


@pytest.mark.parametrize("text", ["", "x" * 500, *listed(NO_DATES)])
def test_what_is_not_certain_to_be_a_full_date_is_none(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(("text", "year"), [("1.5.68", 2068), ("1.5.69", 1969), ("1 May 99", 1999), ("1 May 00", 2000)])
def test_years_of_two_digits_turn_where_posix_turns_them(text, year):
    assert parse_date(text).year == year


@pytest.mark.parametrize(
    ("dates", "orders"),
    [
        (["02/03/2022", "13/03/2022"], {True}),
        (["02/03/2022", "02/13/2022"], {False}),
        (["02/03/22", "Mon 13/03/22 9:00"], {True}),
        (["02-03-2022", "02-13-22"], {False}),
        (["2.3.2022", "13.3.22"], {True}),
        (["13/02/2022", "02/13/2022"], {True, False}),
        (["02/03/2022", "2022-03-13", "13 March 2022", "13/13/2022"], set()),
        ([], set()),
    ],
)
def test_the_order_of_day_and_month_needs_evidence(dates, orders):
    assert day_orders(dates) == orders


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        *(("02/03/2022", True), ("02-03-22", True), ("Wed 02/03/22 9:00", True), ("03/03/2022", False)),
        *(("13/03/2022", False), ("02.03.2022", False), ("2022-03-02", False), ("2 March 2022", False), ("", False)),
    ],
)
def test_only_numbers_that_could_change_places_are_ambiguous(text, ambiguous):
    assert is_ambiguous(text) is ambiguous


def test_dots_put_the_day_first_and_slashes_the_month_unless_told_or_impossible():
    read = {text: parse_date(text).date() for text in ("2.3.2022", "2/3/2022", "2-3-22", "13/3/2022", "3.13.2022")}
    assert list(read.values()) == [date(2022, 3, 2), date(2022, 2, 3), date(2022, 2, 3), *[date(2022, 3, 13)] * 2]
    assert parse_date("2/3/2022", day_first=True).date() == date(2022, 3, 2)


@pytest.mark.parametrize("text", ["27 March 2022 2:30", "30 October 2022 2:30", "2022-03-27T02:30:00"])
def test_hours_that_clocks_skip_or_repeat_are_read(text):
    assert parse_date(text, VIENNA).astimezone(UTC).hour in (0, 1)


MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
SHAPES = [
    *("{d} {month} {y}", "{d:02d} {month} {y}, {time}", "{d}. {month} {y}, {time} Uhr", "{month} {d}, {y}"),
    *(
        "{d} de {month} de {y} a las {time} h",
        "{d}-{month}-{y}",
        "{time} {d} {month} {y}",
        "{MONTH} {d}, {y} {time} GMT",
    ),
    *("{y}-{m:02d}-{d:02d}", "{y}/{m:02d}/{d:02d} {time}", "{d}.{m}.{y}", "{d:02d}.{m:02d}.{y}, {time}", "{m}/{d}/{y}"),
    *("{y}{m:02d}{d:02d}", "{m:02d}/{d:02d}/{yy:02d}", "{d}.{m}.{yy:02d}", "{y}-{m:02d}-{d:02d}T{time}:00+00:00"),
]


@settings(deadline=None)
@given(
    st.dates(date(1970, 1, 1), date(2068, 12, 31)),
    st.times(),
    st.sampled_from(sorted(MONTHS)),
    st.sampled_from(SHAPES),
)
def test_a_day_written_in_any_shape_and_language_is_read_as_that_day(day, at, language, shape):
    month = MONTHS[language].split()[day.month - 1]
    parts = {"d": day.day, "m": day.month, "y": day.year, "yy": day.year % 100, "month": month, "MONTH": month.upper()}
    text = shape.format(**parts, time=f"{at:%H:%M}")
    found = parse_date(text)
    assert found.date() == day
    assert (found.hour, found.minute) == ((at.hour, at.minute) if "time" in shape else (0, 0))
    on_page = find_date(f"Posted: {text} |") if shape not in ("{y}{m:02d}{d:02d}", "{d}.{m}.{yy:02d}") else text
    assert parse_date(on_page).date() == day


@settings(deadline=None)
@given(st.text(max_size=80) | st.from_regex(DATE), st.booleans())
@example("12 aprıl 2022", False)
@example("²²²²²²²²", True)
@example("12 Jan 2022 9:00 +99:99", True)
def test_no_text_makes_dates_raise(text, day_first):
    found = parse_date(text, day_first=day_first)
    assert found is None or found.astimezone(UTC)
    assert isinstance(find_date(text), str)
    assert day_orders([text]) <= {True, False}


@pytest.mark.parametrize(
    "piece", ["1", " ", "1 ", "Jan ", "12 Jan ", "1:00 ", "12.01.", "12. ", "Mittwoch, ", "1/1/", "de "]
)
def test_a_hostile_line_takes_no_time(piece):
    line = piece * (100_000 // len(piece))
    start = time.process_time()
    for text in (line, "12 Jan 2022" + line, "12 Jan" + line, line + "12 Jan 2022"):
        DATE.search(text)
        find_date(text)
        parse_date(text)
    assert time.process_time() - start < 5


HOURS = {
    "CET": 1,
    "MEZ": 1,
    "MESZ": 2,
    "CEST": 2,
    "GMT+1": 1,
    "UTC-05:00": -5,
    "+0530": 5.5,
    "EST": -5,
    "EDT": -4,
    "Z": 0,
}
HOURS |= {"Tokyo time": 9, "Eastern Time": -5, "IST": None, "AMT": None, "+99": None, "Local time": None}


@pytest.mark.parametrize(("text", "hours"), HOURS.items())
def test_a_zone_is_known_by_its_name_its_offset_or_its_place(text, hours):
    zone = zone_written(text)
    assert (zone and zone.utcoffset(datetime(2022, 1, 12)).total_seconds() / 3600) == hours


@pytest.mark.parametrize(
    ("text", "own", "utc", "unknown"),
    [
        ("12 Jan 2022 09:30 IST", "Asia/Kolkata", "2022-01-12T04:00", ""),
        ("12 Jan 2022 09:30 IST", "Asia/Jerusalem", "2022-01-12T07:30", ""),
        ("12 July 2022 09:30 (IST)", "Europe/Dublin", "2022-07-12T08:30", ""),
        ("12 Jan 2022 09:30 IST", "Europe/Vienna", "2022-01-12T08:30", "IST"),
        ("09:30 AM IST Jan 12, 2022", "Europe/Vienna", "2022-01-12T08:30", "IST"),
        ("Wed Jan 12 09:30:00 IST 2022", "Asia/Kolkata", "2022-01-12T04:00", ""),
        ("12 Jan 2022 09:30 CST", "Asia/Shanghai", "2022-01-12T01:30", ""),
        ("12 Jan 2022 09:30 CST", "America/New_York", "2022-01-12T15:30", ""),
        ("12 Jan 2022 09:30 EST", "Europe/Vienna", "2022-01-12T14:30", ""),
        ("12 Jan 2022 09:30 PST", "Asia/Manila", "2022-01-12T01:30", ""),
        ("12 Jan 2022 09:30 NZDT", "Europe/London", "2022-01-11T20:30", ""),
        ("12 July 2022 09:30 BST", "Europe/London", "2022-07-12T08:30", ""),
        ("12 July 2012 09:30 MSK", "Europe/Moscow", "2012-07-12T05:30", ""),  # an hour more in those years
        ("12 Jan 2022 09:30 XYT", "Europe/Vienna", "2022-01-12T08:30", "XYT"),
        ("12 Jan 2022 09:30 et plus", "Europe/Vienna", "2022-01-12T08:30", ""),
    ],
)
def test_an_abbreviation_is_the_outlets_own_else_the_common_one_else_it_is_told_of(text, own, utc, unknown):
    own = zone_named(own)
    assert parse_date(text, own).astimezone(UTC).isoformat().startswith(utc)
    assert unknown_zone(text, own) == unknown
    assert unknown_zone(find_date(f"Posted: {text} |"), own) == unknown


UPDATES = """
Amended on 14 Jan 2022 | Refreshed: 14.01.2022 | Modification: 14/01/2022 | Uppdaterad 2022-01-14 | Opdateret 14.01.2022
Sist oppdatert 14.01.2022 | Bijgewerkt op 14-01-2022 | Aktualizacja: 14.01.2022 | Aggiornato il 14/01/2022
Atualizado em 14/01/2022 | Обновлено 14.01.2022 | Son güncelleme: 14.01.2022 | Päivitetty 14.1.2022
Últimas modificaciones: 14/01/2022 | Ultima modifica 14/01/2022 | Dernière modification le 14/01/2022
Letzte Bearbeitung: 14.01.2022 | Überarbeitet am 14.01.2022 | Korrigiert am 14.01.2022 | Ergänzt am 14.01.2022
Latest revision 14 January 2022 | Upd. 14 January 2022 | Last edited by Bo Lind on 14 January 2022 | As of 14 May 2022
Corrigé le 14 janvier 2022 | Révisé le 14 janvier 2022 | Última edición: 14 de enero de 2022 | Revisado el 14/01/2022
Laatst aangepast 14 januari 2022 | January 14, 2022 (updated) | 14.01.2022, zuletzt aktualisiert
14 janvier 2022 (mis à jour) | 14 de enero de 2022 (actualizado) | 14 January 2022, 10:30 GMT – updated by Bo Lind
Cached 14 January 2022 | Crawled January 14, 2022 | Captured on 14 January 2022 | Snapshot of 14 January 2022
Downloaded 14 January 2022 | Printed on 14 January 2022 | Republished 14 January 2022 | Valid until 14 January 2022
Deadline: 14 January 2022 | Event date: 14 January 2022 | Born 14 January 1970 | Valable jusqu'au 14 janvier 2022
Zaktualizowano 14.01.2022 | 更新: 2022/01/14 | 최종수정 2022.01.14 | Senast ändrad 2022-01-14
"""
NO_UPDATES = """
Amended law takes effect, 14 Jan 2022 | A refreshed look | Gene modification and the law | Standard, 14 Jan 2022
Edited by Ana Marsh, 14 Jan 2022 | Snapshot of a town, 14 Jan 2022 | A born captain, 14 Jan 2022
Die korrigierte Liste, 14.01.2022 | Printed books, 14 Jan 2022 | The upd party, 14 Jan 2022
"""


@pytest.mark.parametrize("text", listed(UPDATES))
def test_the_words_of_an_update_are_known_in_many_languages(text):
    assert CHANGED.search(text)
    assert parse_date(text) is None


@pytest.mark.parametrize("text", listed(NO_UPDATES))
def test_words_that_only_resemble_those_of_an_update_are_none(text):
    assert CHANGED.search(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("Published 12 January 2022, updated 13 January 2022", "12 January 2022, updated 3 hours ago"),
        *("Published 12 January 2022 (updated)", "12.01.2022 (aktualisiert am 13.01.2022)"),
    ],
)
def test_a_change_with_a_date_of_its_own_leaves_the_first_date_alone(text):
    assert parse_date(text).date() == date(2022, 1, 12)


def test_an_unknown_zone_is_none():
    assert zone_named("Europe/Atlantis") is None
    assert zone_named("../../etc/passwd") is None
    assert zone_of_place("Atlantis") == ""


def test_months_are_known_by_short_names_too():
    assert [month_named(word) for word in ("ene", "févr", "Mrz", "maio", "okt", "DEZ")] == [1, 2, 3, 5, 10, 12]
    assert month_named("Smarch") == 0


@pytest.mark.parametrize(
    ("text", "plain"),
    [("", True), ("2022-03-02", True), ("2022-03-02T10:00:00.5Z", True), ("2022-03-02 10:00+05:30", True),
     ("02/03/2022", False), ("2 March 2022", False), ("2022-03-02 10:00 XYT", False), ("2022-03-02T10:00+19:00", False)],
)  # fmt: skip
def test_a_date_is_plain_that_neither_other_dates_nor_a_zone_can_make_doubtful(text, plain):
    assert is_plain(text) == plain
    if plain and text:
        assert unknown_zone(text) == "" and not is_ambiguous(text)
        assert parse_date(text, day_first=True) == parse_date(text)
