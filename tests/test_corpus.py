"""Loading: whatever people have becomes articles and a ledger, and nothing is lost between them."""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from toolkit import CorpusError, load_corpus, mean_by, say_basis, select_articles, share_by
from toolkit.tables import ARTICLES, LEDGER

ROW = {"outlet": "Hill Courier", "published": "2022-01-12", "title": "One", "text": "It rained. It stopped later on."}


def write_csv(path: Path, rows: list[dict], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding) as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_articles_and_ledger_have_the_columns_and_dtypes_of_the_tables(tmp_path):
    articles, ledger = load_corpus(write_csv(tmp_path / "a.csv", [ROW]))
    assert {name: str(articles[name].dtype) for name in ARTICLES} == dict(ARTICLES)
    assert {name: str(ledger[name].dtype) for name in LEDGER} == dict(LEDGER)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "outlet,published,title,text\nHill Courier,2022-01-12,One,It rained. It stopped later on.\n"),
        ("a.csv", "outlet;published;title;text\nHill Courier;2022-01-12;One;It rained. It stopped later on.\n"),
        ("a.tsv", "outlet\tpublished\ttitle\ttext\nHill Courier\t2022-01-12\tOne\tIt rained. It stopped later on.\n"),
        ("a.json", json.dumps([ROW])),
        ("a.json", json.dumps({"status": "ok", "articles": [ROW]})),
        ("a.json", json.dumps(ROW)),
        ("a.json", json.dumps(ROW) + "\n" + json.dumps(ROW | {"title": "Two"})),
        ("a.jsonl", json.dumps(ROW) + "\n\n"),
    ],
)
def test_every_kind_of_table_gives_the_same_article(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    row = load_corpus(tmp_path).articles.iloc[0]
    assert (row["outlet"], row["title"], row["text"]) == ("Hill Courier", "One", "It rained. It stopped later on.")
    assert row["published_local"] == "2022-01-12T00:00:00+00:00"


def test_parquet_keeps_articles_and_their_ids(tmp_path):
    first = load_corpus(write_csv(tmp_path / "a.csv", [ROW, ROW | {"title": "Two", "outlet": "Vindobona"}])).articles
    first.to_parquet(tmp_path / "b.parquet")
    again = load_corpus(tmp_path / "b.parquet").articles
    pd.testing.assert_frame_equal(again.drop(columns="source"), first.drop(columns="source"))


def test_a_folder_is_read_with_its_subfolders_and_mixed_kinds(tmp_path):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    write_csv(tmp_path / "deep" / "a.csv", [ROW])
    (tmp_path / "deep" / "er" / "b.jsonl").write_text(json.dumps(ROW | {"title": "Two"}), encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    articles, ledger = load_corpus(tmp_path)
    assert list(articles["source"]) == ["deep/a.csv row 1", "deep/er/b.jsonl line 1"]
    assert dict(zip(ledger["source"], ledger["status"], strict=True))["picture.png"] == "dropped"
    assert ledger.set_index("source").loc["picture.png", "reason"] == "no reader for .png"


def test_well_known_names_of_columns_are_mapped_and_the_ledger_says_so(tmp_path):
    row = {
        "media_name": "Hill Courier",
        "publish_date": "2022-01-12",
        "headline": "One",
        "body": "It rained here today.",
    }
    articles, ledger = load_corpus(write_csv(tmp_path / "a.csv", [row]))
    assert articles.iloc[0][["outlet", "title", "text"]].tolist() == ["Hill Courier", "One", "It rained here today."]
    for mapping in ("media_name -> outlet", "publish_date -> published", "headline -> title", "body -> text"):
        assert mapping in ledger["detail"][0]


def test_other_names_are_mapped_on_request_and_other_columns_are_kept(tmp_path):
    row = {"prose": "It rained here today.", "Medium": "Hill Courier", "wave": "2"}
    path = write_csv(tmp_path / "a.csv", [row])
    articles = load_corpus(path, columns={"prose": "text"}).articles
    assert articles.iloc[0][["text", "outlet", "wave"]].tolist() == ["It rained here today.", "Hill Courier", "2"]
    assert load_corpus(path, columns="prose:text").articles["text"].equals(articles["text"])


def test_a_mapping_to_no_column_of_ours_is_refused():
    with pytest.raises(CorpusError, match="'prose' is no column of articles. Write theirs first, then ours"):
        load_corpus("sample", columns={"text": "prose"})


@pytest.mark.parametrize(
    ("outlet", "written", "utc"),
    [
        ("Vindobona", "January 12, 2022 21:53", "2022-01-12 20:53"),
        ("vindobona.org", "2022-07-12 21:53", "2022-07-12 19:53"),
        ("Vindobona", "2022-01-12T21:53:00-05:00", "2022-01-13 02:53"),
        ("Capitol Meridian", "2022-01-12 18:00", "2022-01-12 23:00"),
        ("Nobody Knows", "2022-01-12 18:00", "2022-01-12 18:00"),
        ("Vindobona", "12.01.2022 21:53", "2022-01-12 20:53"),
        ("Vindobona", "12 Jan 2022, 9:53 pm GMT", "2022-01-12 21:53"),
    ],
)
def test_a_time_is_that_of_the_outlets_zone_unless_the_text_says_otherwise(tmp_path, outlet, written, utc):
    articles = load_corpus(write_csv(tmp_path / "a.csv", [ROW | {"outlet": outlet, "published": written}])).articles
    assert articles["published"][0] == pd.Timestamp(utc, tz="UTC")


def test_whether_the_day_comes_first_is_read_from_the_files_other_dates(tmp_path):
    rows = [ROW | {"published": "02/03/2022"}, ROW | {"published": "25/03/2022", "title": "Two"}]
    assert list(load_corpus(write_csv(tmp_path / "a.csv", rows)).articles["published"].dt.month) == [3, 3]


def test_a_file_that_holds_both_orders_of_day_and_month_is_said_to(tmp_path):
    dates = ["13/02/22", "02/13/22", "02/03/22"]
    rows = [ROW | {"published": written, "title": written} for written in dates]
    articles, ledger = load_corpus(write_csv(tmp_path / "a.csv", rows))
    assert list(articles["published"].dt.strftime("%m-%d")) == ["02-13", "02-13", "02-03"]
    said = "day and month order not certain, read as month first: the file holds both orders"
    assert [said in detail for detail in ledger["detail"]] == [False, False, True]


@pytest.mark.parametrize(
    "written", ["12 January 2022", "12.1.22", "12 janvier 2022", "2022-01-12Z", "Jan. 12, 2022 EST"]
)
@pytest.mark.parametrize("zone", ["Europe/Vienna", "America/New_York"])
def test_a_day_without_a_time_stays_that_day_where_the_outlet_is(tmp_path, written, zone):
    row = ROW | {"outlet": "Hill Post", "published": written, "zone": zone.partition("/")[2]}
    local = load_corpus(write_csv(tmp_path / "a.csv", [row])).articles["published_local"][0]
    assert local.startswith("2022-01-12T00:00:00")


@pytest.mark.parametrize(("year", "said"), [(2012, False), (2190, True)])
def test_a_date_in_the_future_is_kept_and_said(tmp_path, year, said):
    articles, ledger = load_corpus(write_csv(tmp_path / "a.csv", [ROW | {"published": f"{year}-01-12 21:53"}]))
    assert articles["published"][0].year == year
    assert ("dated in the future" in ledger["detail"][0]) is said


@pytest.mark.parametrize(
    "column", ["updated", "updated_at", "date_modify", "modified", "date_modified", "last_modified", "dateModified"]
)
def test_the_date_of_a_change_is_never_that_of_publication(tmp_path, column):
    row = {name: value for name, value in ROW.items() if name != "published"} | {column: "2022-01-14"}
    articles, ledger = load_corpus(write_csv(tmp_path / "a.csv", [row]))
    assert pd.isna(articles["published"][0])
    assert "no date" in ledger["detail"][0]


@pytest.mark.parametrize("written", ["someday", "Jan 5", "2022", "31/02/2022", "99999999999999", "0000-00-00", "44573"])
def test_a_bad_date_keeps_the_article_and_is_said(tmp_path, written):
    articles, ledger = load_corpus(write_csv(tmp_path / "a.csv", [ROW | {"published": written}]))
    assert pd.isna(articles["published"][0])
    assert f"date not understood: {written!r}" in ledger["detail"][0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_of_spreadsheet_programs_are_read(tmp_path, encoding):
    path = write_csv(tmp_path / "a.csv", [ROW | {"text": "Zürich – “very” café weather in the town."}], ";", encoding)
    assert load_corpus(path).articles["text"][0] == "Zürich – “very” café weather in the town."


def test_an_id_is_the_same_in_another_file_order_and_place(tmp_path):
    rows = [ROW, ROW | {"title": "Two"}]
    first = load_corpus(write_csv(tmp_path / "a.csv", rows)).articles
    second = load_corpus(write_csv(tmp_path / "z.csv", rows[::-1])).articles
    assert list(first["article_id"]) == list(second["article_id"])[::-1]


def test_ids_that_stand_twice_lose_no_article_and_depend_on_no_order(tmp_path):
    rows = [
        ROW | {"id": "7"},
        ROW | {"id": "7", "title": "Two"},
        ROW | {"id": ""},
        ROW | {"id": "8"},
        ROW | {"id": "8"},
    ]
    articles, ledger = load_corpus(write_csv(tmp_path / "a.csv", rows))
    one, two, own, *twice = articles["article_id"]
    assert [one[:2], two[:2], len(one), len(own), twice] == ["7-", "7-", 8, 12, ["8", "8-2"]]
    assert list(ledger["article_id"]) == list(articles["article_id"])
    assert [("stands more than once" in detail) for detail in ledger["detail"]] == [True, True, False, False, True]
    turned = load_corpus(write_csv(tmp_path / "b.csv", rows[::-1])).articles
    assert dict(zip(turned["title"], turned["article_id"], strict=True))["Two"] == two


def test_units_read_are_units_kept_and_units_dropped_with_a_reason(tmp_path):
    (tmp_path / "ragged.csv").write_text("text,title\nfine words here,a\nbroken,b,c\n,empty\n", encoding="utf-8")
    (tmp_path / "bad.jsonl").write_text('{"text": "fine words here"}\n{"text": \n[1]\n', encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no")
    articles, ledger = load_corpus(tmp_path)
    dropped = ledger[ledger["status"] == "dropped"].set_index("source")["reason"]
    assert len(articles) == (ledger["status"] == "kept").sum() == 2
    assert dropped["ragged.csv row 2"] == "row has 3 cells, the header 2"
    assert dropped["ragged.csv row 3"] == "no text"
    assert dropped["bad.jsonl line 2"].startswith("not JSON")
    assert dropped["bad.jsonl line 3"] == "not a record but list"
    assert dropped["empty.txt"] == "empty file"
    assert dropped["binary.txt"] == "not text but binary data"
    assert dropped["other.csv row 1"] == "no text column"
    assert dropped["broken.parquet"].startswith("not a Parquet table")
    assert (dropped != "").all()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "a.txt: no article could be read. a.txt: empty file."),
        ("a.txt", bytes(range(256)) * 40, "not text but binary data"),
        (
            "a.csv",
            b"a,b\n1,2\n",
            "no text column (found: a, b). Say which column holds it: --columns theirs:text",
        ),
        ("a.csv", b"text,title\n", "no rows"),
        ("a.json", b'{"a": ', "not JSON"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.pdf", b"%PDF", "no reader for .pdf (read are .atom, .csv"),
    ],
)
def test_a_file_without_any_article_is_one_clear_line(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CorpusError) as error:
        load_corpus(tmp_path / name)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_an_empty_folder_is_one_clear_line(tmp_path):
    with pytest.raises(CorpusError, match="the folder holds no files"):
        load_corpus(tmp_path)


def test_an_article_of_one_word_is_kept_and_said_to_be_short(tmp_path):
    articles, ledger = load_corpus(write_csv(tmp_path / "a.csv", [ROW | {"text": "Rain"}]))
    assert articles["text"][0] == "Rain"
    assert "very short" in ledger["detail"][0]


def test_a_line_of_fifty_megabytes_is_read(tmp_path):
    (tmp_path / "a.txt").write_text("It rained in the harbour again. " * 1_600_000, encoding="utf-8")
    articles, ledger = load_corpus(tmp_path)
    assert len(articles["text"][0]) > 50_000_000
    assert "no line breaks to clean by" in ledger["detail"][0]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.txt").write_text("It is a secret that it rained.", encoding="utf-8")
    inside = tmp_path / "corpus"
    inside.mkdir()
    write_csv(inside / "a.csv", [ROW])
    (inside / "link.txt").symlink_to(tmp_path / "secret.txt")
    articles, ledger = load_corpus(inside)
    assert len(articles) == 1
    assert ledger.set_index("source").loc["link.txt", "reason"] == "a link out of the folder"


def test_a_text_without_blank_lines_whose_lines_are_sentences_has_a_paragraph_a_line(tmp_path):
    articles = load_corpus(
        write_csv(tmp_path / "a.csv", [ROW | {"text": "It rained.\nIt stopped.\nIt froze."}])
    ).articles
    assert articles["text"][0] == "It rained.\n\nIt stopped.\n\nIt froze."


def test_a_selection_is_by_outlet_and_local_day_inclusive(articles):
    assert list(select_articles(articles, outlet="Bay Times")["article_id"]) == ["a3", "a4"]
    assert list(select_articles(articles, start="2022-02-01", end="2022-02-01")["article_id"]) == ["a1", "a2"]
    assert len(select_articles(articles, outlet="Bay Times; Hill Courier")) == 4


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"outlet": "Bay Tmes"}, "no outlet 'Bay Tmes' in this corpus. It has: Bay Times; Hill Courier"),
        ({"start": "soon"}, "'soon' is not a date. Write it as 2022-01-31"),
        ({"start": "2030-01-01"}, "no article is left between 2030-01-01 and the end"),
    ],
)
def test_a_selection_that_cannot_be_is_refused(articles, options, message):
    with pytest.raises(CorpusError, match=message):
        select_articles(articles, **options)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bom.csv", b"\xef\xbb\xbf"),
        ("bom.txt", b"\xef\xbb\xbf"),
        ("nbsp.txt", "\u00a0\u00a0\n".encode()),
        ("huge.json", b'{"text": ' + b"9" * 5_000 + b"}"),
        ("huge.jsonl", b'{"text": ' + b"9" * 5_000 + b"}\n"),
        ("deep.json", b'{"text": ' + b"[" * 900 + b"]" * 900 + b"}"),
        ("nan.json", b'{"text": NaN}'),
        ("loop.txt", None),
        ("pipe.txt", "fifo"),
    ],
)
def test_a_hostile_file_is_one_row_of_the_ledger_and_stops_nothing(tmp_path, name, content):
    import os

    write_csv(tmp_path / "good.csv", [ROW])
    if content is None:
        (tmp_path / name).symlink_to(tmp_path / name)
    elif content == "fifo":
        os.mkfifo(tmp_path / name)
    else:
        (tmp_path / name).write_bytes(content)
    articles, ledger = load_corpus(tmp_path)
    assert articles["title"].tolist() == ["One"]
    assert ledger[ledger["source"].str.startswith(name)]["status"].tolist() == ["dropped"]


def test_text_that_no_encoding_can_hold_is_kept(tmp_path):
    (tmp_path / "a.json").write_text('{"text": "It rained \\ud800 all day.", "title": "One"}', encoding="utf-8")
    assert load_corpus(tmp_path).articles["text"].tolist() == ["It rained ? all day."]


def test_hidden_files_are_in_the_ledger_too(tmp_path):
    write_csv(tmp_path / "__good.csv", [ROW])
    (tmp_path / ".hidden.txt").write_text("It rained all day.", encoding="utf-8")
    ledger = load_corpus(tmp_path).ledger
    assert ledger[["source", "status", "reason"]].to_numpy().tolist() == [
        [".hidden.txt", "dropped", "hidden"], ["__good.csv row 1", "kept", ""],
    ]  # fmt: skip


def test_ids_are_unique_whatever_a_file_calls_its_rows(tmp_path):
    rows = [ROW | {"id": name, "title": str(n)} for n, name in enumerate(["a", "a", "a-2", "a"])]
    assert load_corpus(write_csv(tmp_path / "a.csv", rows)).articles["article_id"].is_unique


def test_an_id_does_not_depend_on_how_a_siblings_date_is_read(tmp_path):
    row, sibling = ROW | {"published": "02/03/2022"}, ROW | {"published": "25/03/2022", "title": "Two"}
    alone = load_corpus(write_csv(tmp_path / "a.csv", [row])).articles["article_id"][0]
    assert load_corpus(write_csv(tmp_path / "b.csv", [row, sibling])).articles["article_id"][0] == alone


def test_a_date_whose_order_is_a_guess_is_said_to_be(tmp_path):
    ledger = load_corpus(write_csv(tmp_path / "a.csv", [ROW | {"published": "02/03/2022"}])).ledger
    assert "day and month order not certain, read as month first" in ledger["detail"][0]


def test_local_time_is_the_outlets_even_where_the_file_writes_utc(tmp_path):
    row = ROW | {"outlet": "Vindobona", "published": "2022-01-31T23:30:00Z"}
    articles = load_corpus(write_csv(tmp_path / "a.csv", [row])).articles
    assert articles["published_local"][0] == "2022-02-01T00:30:00+01:00"


def test_our_own_tables_come_back_without_an_outlet_that_was_not_there(tmp_path):
    first = load_corpus(write_csv(tmp_path / "a.csv", [{"text": "It rained here all day."}])).articles
    first.to_csv(tmp_path / "b.csv", index=False)
    assert load_corpus(tmp_path / "b.csv").articles["outlet"].tolist() == [""]


def test_a_quotation_mark_left_open_is_said(tmp_path):
    (tmp_path / "a.csv").write_text(
        'text,title\nIt rained all day.,A\n"It froze all day.,B\nIt blew all day.,C\n', encoding="utf-8"
    )
    assert "quotation marks do not pair" in load_corpus(tmp_path).ledger["detail"][0]


def test_one_bad_byte_does_not_change_how_the_rest_is_read(tmp_path):
    (tmp_path / "a.txt").write_bytes("Café in Zürich, über alles. It rained all day.".encode() + b"\xff")
    articles, ledger = load_corpus(tmp_path)
    assert articles["text"][0].startswith("Café in Zürich, über alles.")
    assert "utf-8 but for 1 bytes" in ledger["detail"][0]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "A naïve façade, très chic: à l'Élysée, où êtes-vous? He said “no” and it was £5 dearer."),
        ("cp1252", "Die Häuser an der Küste, die Flüsse und die großen Wälder gehören uns allen."),
        ("cp1250", "Zażółć gęślą jaźń. Wójt i mieszkańcy głosowali wczoraj, że rząd powinien odejść."),
        ("cp1251", "Вчера министры встретились в Женеве и долго говорили о безопасности в Европе."),
    ],
)
def test_single_byte_encodings_are_told_apart(tmp_path, encoding, text):
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert load_corpus(tmp_path).articles["text"][0] == text


def test_a_misspelt_column_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(CorpusError, match=r"no file has a column 'proze'. Found: outlet, published, text, title"):
        load_corpus(write_csv(tmp_path / "a.csv", [ROW]), columns={"proze": "text"})


def test_records_are_found_under_the_key_that_holds_texts(tmp_path):
    nested = {"tags": [{"x": 1}, {"x": 2}, {"x": 3}], "response": {"docs": [None, {"text": "It rained all day."}]}}
    (tmp_path / "a.json").write_text(json.dumps(nested), encoding="utf-8")
    assert load_corpus(tmp_path).articles["text"].tolist() == ["It rained all day."]


def test_every_list_of_texts_in_a_document_is_read(tmp_path):
    found = {
        "news": [{"text": "They met in the harbour."}],
        "more": {"late": [{"text": "They parted at noon."}]},
        "tags": [{"a": 1}] * 9,
    }
    (tmp_path / "a.json").write_text(json.dumps(found))
    ledger = load_corpus(tmp_path).ledger
    assert list(ledger["source"]) == ["a.json news record 1", "a.json more late record 1"]


def test_one_record_that_is_nested_too_deeply_costs_the_others_nothing(tmp_path):
    deep = '{"text": "They met.", "note": ' + "[" * 700 + "]" * 700 + "}"
    (tmp_path / "a.json").write_text(f'[{deep}, {{"text": "They parted."}}]')
    articles, ledger = load_corpus(tmp_path)
    assert "They parted." in set(articles["text"])
    assert len(ledger) == 2 and set(ledger["reason"]) <= {"", "not JSON: nested too deeply"}


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.hill.example/news/1", "hill.example"),
        ("http://en.bay.example:80/", "en.bay.example"),
        ("hill.example/news", ""),
        ("https://localhost/x", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_an_article_without_an_outlet_has_the_host_of_its_address_for_one(tmp_path, url, outlet):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "They met in the harbour.", "url": url}))
    articles, ledger = load_corpus(tmp_path)
    assert articles["outlet"][0] == outlet
    assert ("outlet taken from its address" in ledger["detail"][0]) is bool(outlet)


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        ({"title": "A", "text": "They met.", "outlet": "Bay", "source": "wire"}, "source (file)", "wire"),
        ({"Text": "They met.", "text": "They met in the harbour at noon."}, "text", "They met in the harbour at noon."),
        ({"Text": "They met.", "text": "They met in the harbour at noon."}, "Text", "They met."),
        ({"Text": "", "text": "They met."}, "text", "They met."),
        ({"text": ["They met.", "They parted."]}, "text", "They met.\n\nThey parted."),
        ({"content": {"rendered": "<p>They met.</p><p>They parted.</p>"}}, "text", "They met.\n\nThey parted."),
        ({"text": "<p>They met in <b>the</b> harbour.</p>"}, "text", "They met in the harbour."),
        ({"text": "For x < 3 and y > 2 they met."}, "text", "For x < 3 and y > 2 they met."),
    ],
)
def test_no_column_is_lost_and_no_text_comes_in_pieces_or_tags(tmp_path, record, column, value):
    (tmp_path / "a.json").write_text(json.dumps([record]))
    assert load_corpus(tmp_path).articles[column][0] == value


@pytest.mark.parametrize(
    "content",
    [
        {"title": {"0": "A", "1": "B"}, "text": {"0": "They met.", "1": "They parted."}},
        {"title": ["A", "B"], "text": ["They met.", "They parted."]},
    ],
)
def test_a_table_written_column_by_column_is_read_row_by_row(tmp_path, content):
    (tmp_path / "a.json").write_text(json.dumps(content))
    assert load_corpus(tmp_path).articles[["title", "text"]].to_numpy().tolist() == [
        ["A", "They met."],
        ["B", "They parted."],
    ]


def test_columns_are_those_of_tables_and_no_page_is_renamed_by_them(tmp_path):
    write_csv(tmp_path / "a.csv", [{"title": "Bay Times", "text": "It rained here all day."}])
    (tmp_path / "b.txt").write_text("Talks open in the town\n\nThey met in the harbour on Monday. It rained.\n")
    articles = load_corpus(tmp_path, "title:outlet").articles
    assert articles[["title", "outlet"]].to_numpy().tolist() == [["", "Bay Times"], ["Talks open in the town", ""]]


def test_a_caption_counts_what_has_a_value_and_says_what_has_no_date(articles):
    lengths = pd.DataFrame({"article_id": ["a1", "a2"], "words": [3.0, 5.0]})
    assert say_basis(articles, mean_by(lengths, articles)).startswith("n = 2 of 4 articles,")
    counts = pd.DataFrame({"article_id": ["a1", "a2", "a3", "a4"], "frame": "cost", "present": True})
    assert say_basis(articles, share_by(counts, articles, "month")).startswith("n = 4 articles, 1 without a date,")
    assert say_basis(articles, share_by(counts, articles, "outlet")).startswith("n = 4 articles, with")
