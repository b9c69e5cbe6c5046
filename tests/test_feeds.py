"""Feeds: an entry is an article, with all the text the feed gives of it."""

import time

import pytest

from toolkit import load_corpus
from toolkit.readers import feeds

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Hill Courier</title><language>en-GB</language>
<lastBuildDate>Sat, 15 Jan 2022 00:00:00 +0000</lastBuildDate>
<item><title>Ice &amp;amp; ferries</title><link>https://hill.example/1</link>
 <pubDate>Wed, 12 Jan 2022 21:53:00 +0100</pubDate><atom:updated>2022-01-14T08:00:00Z</atom:updated>
 <dc:creator>Ana Marsh</dc:creator><category>ice</category><category>harbour</category>
 <description>Boats lie still.</description>
 <content:encoded><![CDATA[<p>The harbour &amp; the <b>pi</b>er are closed.</p><p>Ferries leave<br>from Bay Town.</p>
 <script>x()</script><p>The post <a href="#">Ice</a> appeared first on <a href="#">Hill Courier</a>.</p>]]></content:encoded></item>
<item><title>Snow</title><link>https://hill.example/2</link><dc:date>2022-01-13T10:00:00Z</dc:date>
 <description>&lt;p&gt;It snowed.&lt;/p&gt;&lt;p&gt;It stopped.&lt;/p&gt;</description>
 <source url="https://bay.example/rss">Bay Times</source></item>
<item><title>Only a title</title><link>https://hill.example/3</link></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Bergbote</title>
<updated>2022-01-15T00:00:00Z</updated>
<entry><id>urn:1</id><title>Eis</title><link href="https://berg.example/1"/><updated>2022-01-14T00:00:00Z</updated>
 <published>2022-01-12T20:53:00Z</published><author><name>Ana Marsh</name></author><author><name>Lee Brandt</name></author>
 <summary>Der Hafen ist zu.</summary>
 <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Der Hafen ist zu.</p><p>Die Boote ruhen.</p></div></content>
</entry>
<entry><id>urn:2</id><title>Schnee</title><updated>2022-01-14T00:00:00Z</updated><summary>Es schneit.</summary></entry></feed>"""


def read(path, content: str, name: str = "feed.xml") -> list[feeds.Unit]:
    (path / name).write_text(content, encoding="utf-8")
    return list(feeds.read(path / name))


def test_an_entry_gives_its_full_text_in_paragraphs_and_its_metadata(tmp_path):
    unit = read(tmp_path, RSS)[0]
    assert unit.place == "entry 1"
    assert unit.fields == {
        "text": "The harbour & the pier are closed.\n\nFerries leave\n\nfrom Bay Town.",
        "teaser": "Boats lie still.",
        "published": "Wed, 12 Jan 2022 21:53:00 +0100",
        "updated": "2022-01-14T08:00:00Z",
        "title": "Ice & ferries",
        "outlet": "Hill Courier",
        "author": "Ana Marsh",
        "url": "https://hill.example/1",
        "language": "en",
        "tags": "ice; harbour",
    }


def test_an_entry_with_a_summary_alone_has_it_as_text_and_the_detail_says_so(tmp_path):
    unit = read(tmp_path, RSS)[1]
    assert (unit.fields["text"], unit.detail) == ("It snowed.\n\nIt stopped.", "summary only")
    assert (unit.fields["outlet"], unit.fields["published"]) == ("Bay Times", "2022-01-13T10:00:00Z")


def test_an_entry_without_text_has_no_text_column(tmp_path):
    unit = read(tmp_path, RSS)[2]
    assert (unit.fields["title"], "text" in unit.fields) == ("Only a title", False)
    assert unit.detail == "no text in the feed"


def test_atom_is_read_and_updated_is_never_published(tmp_path):
    first, second = read(tmp_path, ATOM, "feed.atom")
    assert first.fields["text"] == "Der Hafen ist zu.\n\nDie Boote ruhen."
    assert (first.fields["published"], first.fields["author"]) == ("2022-01-12T20:53:00Z", "Ana Marsh; Lee Brandt")
    assert first.fields["language"] == "de"
    assert "published" not in second.fields
    assert second.fields["updated"] == "2022-01-14T00:00:00Z"


def test_a_date_of_one_entry_says_nothing_of_what_another_calls_updated(tmp_path):
    dates = [
        "<dc:date>2022-01-12T10:00:00Z</dc:date>",
        "<atom:updated>2022-01-14T10:00:00Z</atom:updated>",
        "<dc:date>2022-01-12T10:00:00Z</dc:date><atom:updated>2022-01-14T10:00:00Z</atom:updated>",
        "<atom:updated>2022-01-14T10:00:00Z</atom:updated><dc:date>2022-01-12T10:00:00Z</dc:date>",
        "<dc:date>2022-01-14T10:00:00Z</dc:date><pubDate>Wed, 12 Jan 2022 10:00:00 GMT</pubDate>",
    ]
    head, items = RSS[: RSS.index("<item>")], (f"<item><title>Ice</title>{date}</item>" for date in dates)
    units = read(tmp_path, f"{head}{''.join(items)}</channel></rss>")
    day, change = "2022-01-12T10:00:00Z", "2022-01-14T10:00:00Z"
    assert [(unit.fields.get("published"), unit.fields.get("updated")) for unit in units] == [
        *((day, None), (None, change), (day, change), (day, change), ("Wed, 12 Jan 2022 10:00:00 GMT", None)),
    ]


def test_feeds_become_articles_under_each_suffix(tmp_path):
    for suffix in ("rss", "xml"):
        (tmp_path / f"a.{suffix}").write_text(RSS.replace("Hill Courier", suffix), encoding="utf-8")
    articles = load_corpus(tmp_path).articles
    assert list(articles["title"])[:2] == ["Ice & ferries", "Snow"]
    assert articles["published"][0].isoformat() == "2022-01-12T20:53:00+00:00"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("<?xml version='1.0'?><!-- x --><rss version='2.0'>", True),
        (f"<?xml version='1.0'?><!--{'x' * 50_000}--><rss version='2.0'>", True),
        ("<!--" * 50_000 + "<rss version='2.0'>", False),
        ("<?a?>" * 30_000, False),
        ('<feed xmlns="http://www.w3.org/2005/Atom">', True),
        ("<rdf:RDF xmlns:rdf='x'>", True),
        ("<html><body><rss>", False),
        ("<article><feed/></article>", False),
        ("<rssx>", False),
    ],
)
def test_a_feed_is_known_by_its_root_element(start, expected):
    assert feeds.is_feed(start.encode()) is expected
    assert feeds.is_feed(start.encode("utf-16")) is expected


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<note>https://hill.example/feed</note>", "no feed: neither RSS nor Atom"),
        ("<rss version='2.0'><channel><title>x</title></channel></rss>", "a feed without entries"),
        (
            f"<rss version='2.0'><x {' '.join(f'a{n}=1' for n in range(2_000))}/></rss>",
            "a feed with an element of more than 1,000 attributes",
        ),
    ],
)
def test_what_is_no_feed_is_dropped_for_a_reason(tmp_path, content, reason):
    (unit,) = read(tmp_path, content)
    assert unit.reason == reason


def test_a_feed_that_breaks_off_gives_what_it_holds_and_says_so(tmp_path):
    units = read(tmp_path, RSS[: RSS.index("<item><title>Only")])
    assert [unit.fields["title"] for unit in units] == ["Ice & ferries", "Snow"]
    assert "not well-formed" in units[0].detail


def test_entities_are_not_expanded_and_nothing_is_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret", encoding="utf-8")
    doctype = (
        f'<!DOCTYPE rss [<!ENTITY a "{"x" * 1000}"><!ENTITY b "{"&a;" * 1000}"><!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    )
    content = f"{doctype}<rss version='2.0'><channel><item><title>T</title><description>&b; &s;</description></item></channel></rss>"
    assert all(
        len(str(unit.fields)) < 10_000 and "a secret" not in str(unit.fields) for unit in read(tmp_path, content)
    )


def test_an_entry_beyond_bounds_costs_no_other(tmp_path):
    crowd = f"&lt;p {' '.join(f'a{n}=1' for n in range(2_000))}&gt;Boats lie still."
    first, second, third = read(tmp_path, RSS.replace("Boats lie still.", crowd))
    assert first.reason == "a page with an element of more than 1,000 attributes"
    assert (second.fields["title"], third.fields["title"]) == ("Snow", "Only a title")


def test_a_feed_is_read_in_the_time_it_takes_to_read_its_entries(tmp_path):
    item = RSS[RSS.index("<item>") : RSS.index("<item><title>Snow")]
    start = time.process_time()
    assert len(read(tmp_path, RSS.replace(item, item * 3_000))) == 3_002
    assert time.process_time() - start < 10


def test_a_feed_of_tags_without_end_is_refused(tmp_path):
    tags = "<category>pier</category>" * 100_000
    (tmp_path / "a.rss").write_text(
        f"<rss version='2.0'><channel><item><title>Talks</title>{tags}</item></channel></rss>"
    )
    (tmp_path / "b.csv").write_text("title,text\nTalks,They met in the harbour.\n")
    reasons = load_corpus(tmp_path).ledger.set_index("file")["reason"]
    assert reasons["a.rss"] == "a feed with more than 1,000 tags an entry"
