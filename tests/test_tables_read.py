"""Tables read: spreadsheets, databases and delimited files as programs, archives and crawlers leave them."""

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from toolkit import load_corpus
from toolkit.mapping import map_fields
from toolkit.readers import delimited, excel, sqlite

TEXT = "It rained here, and it stopped; later it froze."
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DATE_STYLE = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>'
)


def read(path: Path, content: str | bytes) -> list[delimited.Unit]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(delimited.read(path))


def workbook(path: Path, **sheets: str) -> Path:
    """Write a workbook by hand; a sheet is its rows as XML."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in zip(numbers, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    links += f'<Relationship Id="r0" Type="{OFFICE}/styles" Target="styles.xml"/>'
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        file.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        file.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
        )
        file.writestr("xl/styles.xml", DATE_STYLE)
        for n, rows in zip(numbers, sheets.values(), strict=True):
            file.writestr(
                f"xl/worksheets/sheet{n}.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
            )
    return path  # fmt: skip


def row(number: int, *cells: str | float | bool) -> str:
    """One row of a sheet; a date is ("d", serial number)."""
    found = []
    for letter, cell in zip("ABCDEFGH", cells, strict=False):
        at = f'r="{letter}{number}"'
        if isinstance(cell, bool):
            found.append(f'<c {at} t="b"><v>{int(cell)}</v></c>')
        elif isinstance(cell, tuple):
            found.append(f'<c {at} s="1"><v>{cell[1]}</v></c>')
        elif isinstance(cell, str):
            found.append(f'<c {at} t="inlineStr"><is><t>{cell}</t></is></c>' if cell else "")
        else:
            found.append(f"<c {at}><v>{cell}</v></c>")
    return f'<row r="{number}">{"".join(found)}</row>'


def database(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


# Spreadsheets


def test_a_sheet_is_read_below_its_header_with_dates_and_numbers_as_they_look(tmp_path):
    pytest.importorskip("python_calamine")
    rows = row(1, "Export of the week") + row(3, "Title", "Date", "Text", "pages", "lead story")
    rows += row(4, "Ice", ("d", 44573), TEXT, 3, True) + row(7, "Snow", ("d", 44573.912), TEXT, 2.5, False)
    first, second = excel.read(workbook(tmp_path / "a.xlsx", News=rows))
    assert first.place == "sheet 'News' row 4"
    assert first.fields == {"Title": "Ice", "Date": "2022-01-12", "Text": TEXT, "pages": "3", "lead story": "True"}
    assert second.place == "sheet 'News' row 7"
    assert second.fields["Date"].startswith("2022-01-12T21:53")
    assert second.fields["pages"] == "2.5"
    assert first.detail == "header in row 3"


def test_every_sheet_of_articles_is_read_and_the_others_are_named(tmp_path):
    pytest.importorskip("python_calamine")
    news = row(1, "title", "text") + row(2, "Ice", TEXT)
    notes = row(1, "Please read") + row(2, "This list is not complete")
    path = workbook(tmp_path / "a.xlsx", One=news, Notes=notes, Two=news, Empty="")
    units = {unit.place: unit for unit in excel.read(path)}
    assert [place for place, unit in units.items() if not unit.reason] == ["sheet 'One' row 2", "sheet 'Two' row 2"]
    assert units["sheet 'Notes'"].reason == "no column we know"
    assert units["sheet 'Notes'"].detail == "its first row: Please read"
    assert units["sheet 'Empty'"].reason == "no rows"


def test_a_sheet_of_other_names_is_read_on_request(tmp_path):
    pytest.importorskip("python_calamine")
    path = workbook(tmp_path / "a.xlsx", S=row(1, "prose", "wave") + row(2, TEXT, 2))
    assert load_corpus(path, columns="prose:text").articles["text"].tolist() == [TEXT]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"PK\x03\x04 no", "not a workbook that can be read"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no", "not a workbook that can be read")],
)  # fmt: skip
def test_a_damaged_workbook_is_dropped_for_a_reason(tmp_path, content, reason):
    pytest.importorskip("python_calamine")
    (tmp_path / "a.xls").write_bytes(content)
    (unit,) = excel.read(tmp_path / "a.xls")
    assert unit.reason.startswith(reason)


def test_a_stray_cell_in_the_far_corner_does_not_end_the_program(tmp_path):
    pytest.importorskip("python_calamine")
    rows = row(1, "title", "text") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    (unit,) = excel.read(workbook(tmp_path / "a.xlsx", S=rows))
    assert unit.reason == "a workbook too large, or damaged, to be read"


def test_a_table_of_text_under_a_spreadsheets_suffix_is_read(tmp_path):
    (tmp_path / "a.xls").write_text(f"Title\tText\nIce\t{TEXT}\n", encoding="utf-16")
    assert load_corpus(tmp_path / "a.xls").articles["text"].tolist() == [TEXT]


def test_without_the_extra_a_workbook_is_dropped_with_the_command_that_helps(tmp_path, monkeypatch):
    monkeypatch.setattr(excel, "find_spec", lambda name: None)
    (unit,) = excel.read(workbook(tmp_path / "a.xlsx", S=row(1, "title")))
    assert unit.reason == "spreadsheets need an extra"
    assert 'pip install -e ".[excel]"' in unit.detail


# Databases


def test_the_table_of_articles_is_read_and_the_others_are_named(tmp_path):
    path = database(
        tmp_path / "what? 100% #1.sqlite",
        'CREATE TABLE "my ""articles""" (headline TEXT, body TEXT, published_at TEXT, "words" INTEGER, picture BLOB)',
        f"INSERT INTO [my \"articles\"] VALUES ('Ice', '{TEXT}', '2022-01-12', 9, x'ff00')",
        f"INSERT INTO [my \"articles\"] VALUES ('Snow', CAST('{TEXT}' AS BLOB), NULL, 2.0, NULL)",
        "CREATE TABLE users (id INTEGER, name TEXT)",
        "INSERT INTO users VALUES (1, 'Ana')",
    )
    first, second = sqlite.read(path)
    assert first.place == "table 'my \"articles\"' row 1"
    assert first.fields == {"headline": "Ice", "body": TEXT, "published_at": "2022-01-12", "words": "9", "picture": ""}
    assert (second.fields["body"], second.fields["published_at"]) == (TEXT, "")
    assert first.detail == "other tables: users"


def test_tables_that_fit_equally_are_all_read_and_a_view_of_them_is_not(tmp_path):
    path = database(
        tmp_path / "a.db",
        *(f"CREATE TABLE y{year} (title, text)" for year in (2021, 2022)),
        *(f"INSERT INTO y{year} VALUES ('Ice', '{TEXT}')" for year in (2021, 2022)),
        "CREATE VIEW everything AS SELECT * FROM y2021 UNION ALL SELECT * FROM y2022",
        "CREATE VIEW broken AS SELECT text FROM gone",
    )
    assert [unit.place for unit in sqlite.read(path)] == ["table 'y2021' row 1", "table 'y2022' row 1"]


def test_a_view_that_joins_what_tables_hold_apart_is_read(tmp_path):
    path = database(
        tmp_path / "a.db",
        "CREATE TABLE a (n, title)",
        "CREATE TABLE b (n, text)",
        "INSERT INTO a VALUES (1, 'Ice')",
        f"INSERT INTO b VALUES (1, '{TEXT}')",
        "CREATE VIEW both AS SELECT title, text FROM a JOIN b USING (n)",
    )
    assert [unit.fields for unit in sqlite.read(path)] == [{"title": "Ice", "text": TEXT}]


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" + b"x" * 500, b"hello"])
def test_a_damaged_database_is_dropped_for_a_reason(tmp_path, content):
    (tmp_path / "a.db").write_bytes(content)
    ledger = load_corpus_with(tmp_path).ledger.set_index("source")
    assert ledger.loc["a.db", "reason"].startswith(("not a database that can be read", "no rows"))


def load_corpus_with(path: Path):
    (path / "good.csv").write_text(f'title,text\nIce,"{TEXT}"\n', encoding="utf-8")
    return load_corpus(path)


def test_a_database_is_neither_changed_nor_given_company(tmp_path):
    path = database(
        tmp_path / "a.db", "PRAGMA journal_mode = WAL", "CREATE TABLE a (text)", f"INSERT INTO a VALUES ('{TEXT}')"
    )
    before = path.read_bytes()
    list(sqlite.read(path))
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.db"]


# Delimited files


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (f"Titel;Datum;Inhalt\nFähre;12.01.2022;{TEXT.replace(';', ',')}\n".encode("cp1252"), "Fähre"),
        (f"title\tdate\ttext\nFähre\t2022-01-12\t{TEXT}\n".encode("utf-16"), "Fähre"),
        (f'title,date,text\nFähre,2022-01-12,"{TEXT}"\n'.encode("utf-8-sig"), "Fähre"),
        (f'title,date,text\nFäh\x00re,2022-01-12,"{TEXT}"\n'.encode(), "Fähre"),
    ],
)  # fmt: skip
def test_tables_of_spreadsheet_programs_are_read(tmp_path, content, title):
    fields = map_fields(read(tmp_path / "a.csv", content)[0].fields, {}).fields
    assert fields["title"] == title
    assert fields["text"].startswith("It rained here")


def test_a_delimiter_is_that_by_which_the_rows_are_alike(tmp_path):
    content = "Quelle, Ort, Land;Tag;Anteil;Prosa\n" + "Bote, Berg;12;0,5;Es regnete, lange\n" * 3
    (unit, *_) = read(tmp_path / "a.csv", content)
    assert unit.fields == {
        "Quelle, Ort, Land": "Bote, Berg",
        "Tag": "12",
        "Anteil": "0,5",
        "Prosa": "Es regnete, lange",
    }


def test_lines_above_the_header_are_left_out_and_counted(tmp_path):
    content = f'Export of 2022-01-12\nSearch: "ice, snow"\n\nTitle,Date,Text\nIce,2022-01-12,"{TEXT}"\n'
    (unit,) = read(tmp_path / "a.csv", content)
    assert unit.fields == {"Title": "Ice", "Date": "2022-01-12", "Text": TEXT}
    assert "2 lines above the header left out" in unit.detail


def test_a_row_of_data_that_reads_like_a_header_is_none(tmp_path):
    content = "Blatt,Rubrik,Satz\nTime,Science,It rained.\nTitle,Date,It froze.\n"
    assert [unit.fields["Blatt"] for unit in read(tmp_path / "a.csv", content)] == ["Time", "Title"]


def test_a_header_alone_gives_no_rows(tmp_path):
    assert read(tmp_path / "a.csv", "title,date,text\n") == []


def test_a_column_without_a_name_and_a_second_one_of_a_name_lose_nothing(tmp_path):
    (tmp_path / "a.csv").write_text("title,text,,text,note,note\nTalks,They met.,left,They parted.,same,same\n")
    row = load_corpus(tmp_path).articles.iloc[0]
    assert (row["text"], row["column 3"], row["text column 4"], row["note"]) == (
        "They met.",
        "left",
        "They parted.",
        "same",
    )
    assert "note column 6" not in row


def test_a_row_that_ends_early_has_empty_cells(tmp_path):
    (unit,) = read(tmp_path / "a.csv", "title,text\n(c) Hill Courier\n")
    assert unit.fields == {"title": "(c) Hill Courier", "text": ""}


# What crawlers and news monitors export


def mapped(**fields: str) -> dict[str, str]:
    return map_fields(fields, {}).fields


def test_names_are_known_however_they_are_written():
    found = mapped(publishedAt="2022-01-12", **{"Source Name": "Hill Courier", "Full-Text": TEXT})
    assert found == {"published": "2022-01-12", "outlet": "Hill Courier", "text": TEXT}


def test_the_columns_of_media_cloud_are_known():
    row = "id=7 publish_date=2022-01-12 title=Ice url=https://hill.example/1 language=en media_name=Hill media_url=hill.example indexed_date=2022-01-20"
    found = mapped(**dict(pair.split("=", 1) for pair in row.split()))
    assert (found["article_id"], found["published"], found["outlet"]) == ("7", "2022-01-12", "Hill")
    assert (found["url"], found["indexed_date"], found["media_url"]) == (
        "https://hill.example/1",
        "2022-01-20",
        "hill.example",
    )


def test_the_columns_of_gdelts_article_lists_are_known():
    found = mapped(url="https://hill.example/1", url_mobile="https://m.hill.example/1", title="Ice", seendate="20220112T201500Z",
                   socialimage="", domain="hill.example", language="English", sourcecountry="Austria")  # fmt: skip
    assert (found["url"], found["published"], found["outlet"]) == (
        "https://hill.example/1",
        "20220112T201500Z",
        "hill.example",
    )
    found = mapped(
        MobileURL="https://m.hill.example/1", URL="https://hill.example/1", Date="2022-01-12 20:15:00", Title="Ice"
    )
    assert (found["url"], found["published"], found["title"]) == (
        "https://hill.example/1",
        "2022-01-12 20:15:00",
        "Ice",
    )


def test_news_please_is_read_with_the_date_of_publication(tmp_path):
    record = {
        "authors": ["Ana Marsh", "Lee Brandt"], "date_download": "2022-03-01 10:00:00", "date_modify": "2022-01-14 08:00:00",
        "date_publish": "2022-01-12 20:53:00", "description": "Boats lie still.", "filename": "x.json", "image_url": None,
        "language": "en", "localpath": None, "maintext": TEXT, "source_domain": "hill.example", "text": None, "title": "Ice",
        "title_page": None, "title_rss": None, "url": "https://hill.example/1",
    }  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps(record), encoding="utf-8")
    article = load_corpus(tmp_path).articles.iloc[0]
    assert article[["title", "text", "author", "outlet", "language"]].tolist() == [
        "Ice",
        TEXT,
        "Ana Marsh; Lee Brandt",
        "hill.example",
        "en",
    ]
    assert article["published"].isoformat() == "2022-01-12T20:53:00+00:00"
    assert article["teaser"] == "Boats lie still."


def gkg(**cells: str) -> str:
    row = ["" for _ in range(27)]
    given = {
        "0": "20220112201500-7",
        "1": "20220112201500",
        "2": "1",
        "3": "hill.example",
        "4": "https://hill.example/1",
    }
    for index, cell in (given | {name.strip("c"): cell for name, cell in cells.items()}).items():
        row[int(index)] = cell
    return "\t".join(row)


def test_rows_of_gdelts_knowledge_graph_are_read_without_a_header(tmp_path):
    extras = '<PAGE_LINKS>x</PAGE_LINKS><PAGE_PRECISEPUBTIMESTAMP>20220112195300</PAGE_PRECISEPUBTIMESTAMP><PAGE_TITLE>Ice &amp; &#x201C;snow"</PAGE_TITLE>'
    content = (
        gkg(c7="ECON_ICE;WB_1;", c15="-3.5,1,4.5,5.5,20,0,400", c26=extras)
        + "\n"
        + gkg(c0="20220112201500-T8")
        + "\nhalf\ta row\n"
    )
    (tmp_path / "20220112201500.gkg.CSV").write_text(content, encoding="utf-8")
    first, second, third = delimited.read(tmp_path / "20220112201500.gkg.CSV")
    assert first.fields == {
        "article_id": "20220112201500-7", "published": "2022-01-12T19:53:00Z", "outlet": "hill.example",
        "url": "https://hill.example/1", "title": 'Ice & “snow"', "author": "", "tags": "ECON_ICE; WB_1", "tone": "-3.5",
    }  # fmt: skip
    assert (second.fields["article_id"], second.fields["published"]) == ("20220112201500-T8", "2022-01-12T20:15:00Z")
    assert third.reason == "row has 2 cells, a GKG row 27"


def test_every_table_with_titles_and_texts_is_read_whatever_else_it_holds(tmp_path):
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("CREATE TABLE a2021 (title TEXT, text TEXT)")
        connection.execute("CREATE TABLE a2022 (title TEXT, text BLOB, outlet TEXT)")
        connection.execute("INSERT INTO a2021 VALUES ('A', 'They met.')")
        connection.execute(
            "INSERT INTO a2022 VALUES ('B', ?, 'Bay')", ("They parted at the café, he said.".encode("cp1252"),)
        )
    connection.close()
    articles = load_corpus(tmp_path).articles
    assert articles["text"].tolist() == ["They met.", "They parted at the café, he said."]


def test_a_date_beyond_all_calendars_costs_the_other_rows_of_a_parquet_table_nothing(tmp_path):
    stamps = pyarrow.array([0, 10**17], pyarrow.int64()).cast(pyarrow.timestamp("ms"))
    parquet.write_table(pyarrow.table({"text": ["They met.", "They parted."], "date": stamps}), tmp_path / "a.parquet")
    ledger = load_corpus(tmp_path).ledger
    assert ledger["reason"].tolist() == ["", "a value that cannot be read"]


def test_a_text_of_lines_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("toolkit.readers.page_lines.MOST_LINES", 1_000)
    (tmp_path / "a.txt").write_text("a\n" * 2_000)
    (tmp_path / "b.txt").write_text("They met in the harbour on Monday.\n")
    assert load_corpus(tmp_path).ledger["reason"].tolist() == ["a text of more than 1,000 lines", ""]
