import re
import time
from datetime import timedelta

import pytest

from toolkit.dates import parse_date
from toolkit.readers.page_fields import page_unit
from toolkit.records import settle

TITLE = "Ferry company adds a second boat for the summer"
BODY = """
The ferry company said on Monday that it will run a second boat between the harbour and the island this summer.

On January 6, 2021 the only boat had broken down, and the islanders were without mail and bread for nine days in all.

"We have learned from that winter," said the captain, who has been with the company for more than thirty years now.
"""
MENU = "Home\nNews\nSports\nWeather\nSubscribe\nLog in\n"
FOOTER = "\nShare\nTweet\nPrivacy policy\nContact us\nAll rights reserved\n"


def published_on(page: str) -> str:
    return page_unit(page).fields["published"]


def published(above="", under="", below="", menu=MENU) -> str:
    return published_on(f"{menu}{above}\n{TITLE}\n{under}\n{BODY}\n{below}\n{FOOTER}")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("12 Jan 2022", "12 Jan 2022"),
        ("Wednesday, January 12, 2022", "January 12, 2022"),
        ("By Nora Feld On 1/12/22 at 4:00 PM EST", "1/12/22 4:00 PM EST"),
        ("Nora Feld | Updated 14 January 2022 | Published 12 January 2022", "12 January 2022"),
        ("12.01.2022, aktualisiert am 14.01.2022", "12.01.2022"),
        ("Publié le 12 janvier 2022 à 21h53 - Mis à jour le 14 janvier 2022", "12 janvier 2022 21h53"),
        ("Publicado: 12 de enero de 2022 / Actualizado: 14 de enero de 2022", "12 de enero de 2022"),
        ("Published\n12 January 2022\nLast updated\n14 January 2022", "12 January 2022"),
        ("Published 12 January 2022 (updated)", "12 January 2022"),
        ("Published 12 January 2022, updated 13 January 2022", "12 January 2022"),
        ("12 January 2022, updated 3 hours ago", "12 January 2022"),
        ("12 January 2022 | Updated", "12 January 2022"),
        ("12 January 2022. This story was updated.", "12 January 2022"),
        ("12 January 2022 (updated)", ""),
        ("12.01.2022, zuletzt aktualisiert", ""),
        ("12 janvier 2022 à 10h30 (mis à jour)", ""),
        ("Last edited by Bo Lind on 12 January 2022", ""),
        ("Snapshot of 12 January 2022", ""),
        ("Deadline: 12 January 2022", ""),
        ("Born 12 January 1970", ""),
        ("Last updated:\n14 January 2022", ""),
        ("Updated 14 January 2022", ""),
        ("Mis à jour le 14 janvier 2022", ""),
        ("Published 2 hours ago", ""),
        ("January 2022", ""),
    ],
)
def test_the_date_under_a_headline_is_that_of_publication_unless_it_is_of_an_update(line, date):
    assert published(under=line) == date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("12 January 2022 9:22 am", "12 January 2022 9:22 am"),
        ("Nov. 20, 2019 5:52 AM EST", "Nov. 20, 2019 5:52 AM EST"),
        ("Friday, January 14, 2022\nHarbour news\nFerries\nIsland", ""),  # the masthead tells the day of the visit
        ("Old bridge closes\n3 May 2021\nNew mayor sworn in\n7 June 2021\nHarbour fees rise\n9 July 2021", ""),
    ],
)
def test_a_date_above_the_headline_counts_if_it_is_alone_and_not_todays(line, date):
    assert published(above=line) == date


def test_a_date_among_those_of_other_articles_is_passed_over():
    items = "Old bridge closes\n3 May 2021\nNew mayor sworn in\n7 June 2021\nHarbour fees rise\n9 July 2021\n"
    assert published(above=items, under="Published 12 January 2022") == "12 January 2022"


def test_what_says_that_it_was_published_right_below_the_body_counts():
    line = "First Published: Wednesday, January 12, 2022 08:38 AM"
    assert published(under="Nora Feld | Updated : 14 January 2022", below=line) == "January 12, 2022 08:38 AM"


def test_a_date_in_prose_is_none_of_publication():
    assert published() == ""
    assert published(under="The plan was published on 3 May 2021 by the council of the island.") == ""


def test_agencies_put_the_date_before_the_first_sentence():
    text = f"{MENU}\n{TITLE}\n\nLINZ, Jan. 12, 2022 (News Desk) - {BODY.strip()}\n{FOOTER}"
    assert published_on(text) == "Jan. 12, 2022"


@pytest.mark.parametrize(
    ("address", "date"),
    [
        ("https://news.example/2022/01/12/ferry-company-second-boat.html", "2022-01-12"),
        ("https://news.example/2022/01/12/another-story-of-the-day.html", ""),
        ("https://news.example/2022/01/ferry-company-second-boat.html", ""),
    ],
)
def test_the_day_in_an_address_counts_where_nothing_else_does(address, date):
    assert published(below=address) == date
    assert published(under="14 January 2022", below=address) == "14 January 2022"


def test_an_article_alone_has_the_date_of_its_first_lines():
    assert published_on(f"{TITLE}\nNora Feld, 12 January 2022\n{BODY}") == "12 January 2022"
    assert published_on(f"12 January 2022\n{BODY}") == "12 January 2022"


def test_dates_are_read_in_the_time_it_takes_to_read_the_page():
    text = f"{MENU}{TITLE}\n" + "12 January 2022 Published\n" * 3_000 + BODY + "https://a.example/" + "a/" * 50_000
    start = time.process_time()
    published_on(text)
    assert time.process_time() - start < 5


def test_a_note_on_the_time_zone_is_looked_for_in_short_lines_alone():
    start = time.process_time()
    assert page_unit(f"{MENU}{TITLE}\n{BODY}\nAll times are Vienna time\n").fields["zone"] == "Vienna"
    page_unit(f"{MENU}{'x' * 1_000}{' times are A' * 20_000}!\n{TITLE}\n{BODY}")
    assert time.process_time() - start < 5


def test_pages_of_other_sites_have_the_day_their_markup_names(shared):
    """Not all show a date, and a page's day may be a neighbour of the one in UTC; the floors are what was measured."""
    right = wrong = pages = 0
    for path in sorted((shared / "dev" / "pages").glob("[0-9][0-9][0-9].txt")):
        markup = (path.parent / "html" / f"{path.stem}.html").read_text(encoding="utf-8", errors="replace")
        meant = re.search(r'"datePublished"\s*:\s*"([^"]+)"|article:published(?:_time)?" content="([^"]+)"', markup)
        told = parse_date((meant[1] or meant[2]).strip()) if meant else None
        if told is None:
            continue
        date = published_on(path.read_text(encoding="utf-8", errors="replace"))
        readings = [parse_date(date, day_first=order) for order in (True, False)] if date else []
        near = any(abs(reading - told) < timedelta(days=2) for reading in readings)
        pages, right, wrong = pages + 1, right + near, wrong + (bool(date) and not near)
    assert pages > 40
    assert right / pages >= 0.7
    assert wrong / pages <= 0.03


@pytest.mark.parametrize(
    ("written", "notes"),
    [
        ("12 Jan 2022 09:30 IST", ["no time zone known as IST, taken as Europe/Vienna"]),
        ("12 Jan 2022 09:30 CET", []),
        ("12 Jan 2022 09:30", []),
    ],
)
def test_a_zone_that_is_not_known_is_told_of(written, notes):
    fields = {"title": TITLE, "text": BODY, "outlet": "Hill Courier", "language": "en", "published": written}
    record = settle(fields | {"zone": "Vienna"}, set())
    assert record.notes == notes
    assert record.fields["published_local"] == "2022-01-12T09:30:00+01:00"
