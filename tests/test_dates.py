from datetime import UTC

import pytest

from toolkit.dates import day_comes_first, find_date, parse_date, zone_named


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("More › News ♦ Published: January 12, 2022; 21:53 ♦ (Site)", "January 12, 2022 21:53"),
        ("Published 13 Jan 2022, 08:15 EET", "13 Jan 2022 08:15 EET"),
        ("21:17 18.11.2019 Get short URL", "18.11.2019 21:17"),
        ("2022-01-12T21:53:00+01:00", "2022-01-12 21:53:00 +01:00"),
        ("Monday November 18, 2019 7:45 am PST by", "November 18, 2019 7:45 am PST"),
        ("on Nov. 3rd, 2019", "Nov. 3rd, 2019"),
        ("3 may come, 20 people", ""),
        ("in May 2022", ""),
    ],
)
def test_a_date_is_found_with_its_time_and_zone(line, date):
    assert find_date(line) == date


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("January 12, 2022 21:53", "2022-01-12T20:53"),
        ("13 Jan 2022 08:15 EET", "2022-01-13T06:15"),
        ("2022-01-12", "2022-01-11T23:00"),
        ("2022-07-12T12:00Z", "2022-07-12T12:00"),
        ("12 January 2022 9:53 pm ET", "2022-01-13T02:53"),
    ],
)
def test_a_date_is_read_in_the_zone_given_unless_it_names_one(text, utc):
    found = parse_date(text, zone_named("Europe/Vienna"))
    assert found.astimezone(UTC).isoformat().startswith(utc)


@pytest.mark.parametrize("text", ["", "yesterday", "May", "May 2022", "2022", "12:30", "1e9", "13/13/2022", "x" * 500])
def test_what_leaves_out_day_month_or_year_is_no_date(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("dates", "first"),
    [(["02/03/2022", "13/03/2022"], True), (["02/03/2022", "02/13/2022"], False), (["02/03/2022"], None), ([], None)],
)
def test_the_order_of_day_and_month_needs_evidence(dates, first):
    assert day_comes_first(dates) is first


def test_an_unknown_zone_is_none():
    assert zone_named("Europe/Atlantis") is None
    assert zone_named("../../etc/passwd") is None
