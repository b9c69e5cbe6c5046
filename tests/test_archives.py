"""Archive exports: every document becomes an article or a row in the ledger, and the counts are those of the cover."""

import csv
import re
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from toolkit import CorpusError, load_corpus
from toolkit.dates import split_date
from toolkit.languages import language_code
from toolkit.mapping import map_fields
from toolkit.readers import markup
from toolkit.readers.archives import read_export, read_export_tree
from toolkit.readers.decoding import read_text
from toolkit.readers.export_units import author_name, outlet_fields

SEPARATOR = "_" * 60


def seconds(work: Callable[[], object]) -> float:
    """Return how much processor time a call took, so that other programs do not count."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def load(tmp_path: Path, name: str, content: str | bytes):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_corpus(path)


def dropped(ledger: pd.DataFrame) -> list[str]:
    return ledger.loc[ledger["status"] == "dropped", "reason"].tolist()


def only(units: list) -> dict[str, str]:
    assert [unit.reason for unit in units] == [""]
    return units[0].fields


# Nexis: numbered documents

NUMBERED = """\ufeff


Download Request: Selected Items: 1-3
Time Of Request: Monday, May 04, 2020  10:00:00

Source: Hill Courier;Bay Times
Project ID: None



                               1 of 3 DOCUMENTS



                              Hill Courier (Dale)

                             May 1, 2020 Friday
                                  Edition 2;
                                     Dale

The ferry stays where it is, says the mayor of the
town;
She wants to wait

BYLINE: By ANN WEIR

SECTION: NEWS; Pg. 4

LENGTH: 60 words

The ferry will not be moved this year, the mayor of the town said on Thursday in
the council, which had read only 2 of 10 documents on the plan and asked for the
rest of them before it votes on it.

Note: the council meets again in June. UPDATE: nobody is sure of the day, and the
clerk would not say when it will be known to the people of the town.

2 of 10 documents were read aloud.

LOAD-DATE: May 2, 2020

LANGUAGE: ENGLISH

GRAPHIC: The ferry at its pier
Ann Weir

PUBLICATION-TYPE: Newspaper


                         Copyright 2020 Dale Press
                              All Rights Reserved

                               2 of 3 DOCUMENTS


                                   Bay Times

                                 April 30, 2020

A picture of the harbour

LENGTH: 1 words

LOAD-DATE: May 2, 2020

LANGUAGE: ENGLISH

                               3 of 3 DOCUMENTS


                                   Bay Times

                                 April 29, 2020

LENGTH: 400 words

Nobody saw the storm coming, and the boats were out.
"""


def test_numbered_documents_become_articles_and_the_one_without_text_is_said(tmp_path):
    articles, ledger = load(tmp_path, "a.txt", NUMBERED)
    assert articles["source"].tolist() == ["a.txt document 1", "a.txt document 3"]
    assert dropped(ledger) == ["no text in document 2"]
    row = articles.iloc[0]
    assert row["title"] == "The ferry stays where it is, says the mayor of the town; She wants to wait"
    assert row[["outlet", "author", "section", "page", "language"]].tolist() == [
        *("Hill Courier (Dale)", "ANN WEIR", "NEWS", "4", "en"),
    ]
    assert row[["edition", "words", "load_date", "caption"]].tolist() == [
        *("Edition 2; Dale", "60", "2020-05-02", "The ferry at its pier Ann Weir"),
    ]
    assert row["published"] == pd.Timestamp("2020-05-01", tz="UTC")
    assert articles["title"][1] == ""


def test_lines_broken_at_a_fixed_width_are_joined_and_nothing_in_the_text_ends_it(tmp_path):
    text = load(tmp_path, "a.txt", NUMBERED).articles["text"][0]
    assert text.split("\n\n") == [
        "The ferry will not be moved this year, the mayor of the town said on Thursday in the council, which had read "
        "only 2 of 10 documents on the plan and asked for the rest of them before it votes on it.",
        "Note: the council meets again in June. UPDATE: nobody is sure of the day, and the clerk would not say when it "
        "will be known to the people of the town.",
        "2 of 10 documents were read aloud.",
    ]


def test_a_length_that_does_not_agree_with_the_text_is_said(tmp_path):
    ledger = load(tmp_path, "a.txt", NUMBERED).ledger
    assert "400 words stated, 10 read" in ledger["detail"][2]
    assert "stated" not in ledger["detail"][0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("Items: 1-3", "Items: 1201-1262"), "the header says 62 documents, 3 were read"),
        (("Items: 1-3", "Items: 1, 3, 5-9"), "the header says 7 documents, 3 were read"),
        (("Download Request: Selected Items: 1-3\n", ""), ""),
        (("Download Request: Selected Items: 1-3\n", "\n1 of 9 DOCUMENTS\n\nSECTION: A\n\n"), "the header says 9 documents, 4 were read"),
    ],
)  # fmt: skip
def test_the_number_of_documents_is_that_of_the_header(change, said):
    units = read_export(NUMBERED.replace(*change).lstrip("\ufeff"))
    assert [unit.reason for unit in units if unit.place == "header"] == ([said] if said else [])


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_and_hard_spaces_change_nothing(tmp_path, end):
    changed = NUMBERED.replace("LENGTH: ", "LENGTH:\xa0").replace("\n", end)
    assert load(tmp_path, "a.txt", changed).articles["text"].equals(load(tmp_path, "b.txt", NUMBERED).articles["text"])


def test_labels_of_other_languages_are_known():
    text = """
                              Dokument 4 von 5

                             Talblatt

                      Mittwoch 6. Mai 2020

LÄNGE: 12 Wörter

ÜBERSCHRIFT: Die Fähre bleibt

AUTOR: Von Eva Rand

RUBRIK: LOKALES; S. 3

TEXT:

Die Fähre bleibt im Hafen, sagt die Bürgermeisterin, und zwar lange Zeit.

UPDATE: 7. Mai 2020

SPRACHE: GERMAN; DEUTSCH

                              Dokument 5 von 5

                             Polderkrant

                      7 mei 2020 donderdag

LENGTE: 9 woorden

KOP: De pont blijft

AUTEUR: Bos, Jan

TEKST:

De pont blijft liggen waar hij nu al ligt.

TAAL: Dutch / Nederlands

LOAD-DATE: May 8, 2020
"""
    first, second = (unit.fields for unit in read_export(text))
    assert (first["title"], first["author"], first["section"], first["page"]) == (
        *("Die Fähre bleibt", "Eva Rand", "LOKALES", "3"),
    )
    assert (first["published"], first["language"], first["load_date"]) == ("2020-05-06", "de", "2020-05-07")
    assert (second["outlet"], second["title"], second["author"]) == ("Polderkrant", "De pont blijft", "Bos, Jan")
    assert (second["published"], second["language"]) == ("2020-05-07", "nl")
    assert second["text"] == "De pont blijft liggen waar hij nu al ligt."


def test_numbered_documents_in_html_keep_marked_words_whole_and_their_lists_apart():
    page = """<HTML><HEAD><STYLE>p {}</STYLE></HEAD><BODY><DIV><P><SPAN>1 of 1 DOCUMENTS</SPAN></P></DIV>
    <BR><DIV><P>Bay Times</P></DIV><BR><DIV><P><SPAN CLASS="hit">May</SPAN><SPAN> 1, 2020 Friday 10:50 AM GMT</SPAN></P></DIV>
    <BR><DIV><P>First part;<BR>Second part</P></DIV><BR><DIV><P><SPAN>BYLINE: </SPAN><SPAN>By ANN WEIR</SPAN></P></DIV>
    <BR><DIV><P><SPAN>LENGTH: </SPAN>12 words</P></DIV><BR><DIV><P>The <B>ferr</B>ies stay, <I>she</I> said.&nbsp;</P>
    <P>Two things:</P></DIV><BR><UL><LI><P>&bull;</P><DIV><P>the pier</P></DIV></LI></UL>
    <BR><DIV><P>LANGUAGE: ENGLISH</P></DIV><BR><DIV><P>Copyright 2020 Bay Press</P></DIV></BODY></HTML>"""
    fields = only(read_export_tree(markup.parse(page)))
    assert fields["text"].split("\n\n") == ["The ferries stay, she said.", "Two things:", "• the pier"]
    assert (fields["title"], fields["published"]) == ("First part; Second part", "2020-05-01 10:50 AM GMT")


# Nexis Uni

UNI = """Date and Time: Friday, 5. July 2019 09:31:00 CEST
Job Number: 00000001
Documents ({count})
1. The ferry stays
Client/Matter: -None-
Search Terms: ferry
Narrowed by:
Content Type\tNarrowed by
News\tSources: Hill Courier

The ferry stays,
says the mayor
The Guardian(London)
July 1, 2019 Monday 9:20 AM GMT

Copyright 2019 Dale Press All Rights Reserved

Section:\xa0LOCAL; Version:2
Length:\xa014 words
Byline:\xa0By Ann Weir
Highlight: What it costs
Body


The ferry stays at its pier, and nobody knows for how long.
Copyright is no matter for the council.
Note: the council meets in June.
Classification of ships is hard.
Classification


Language:\xa0ENGLISH
Subject:\xa0FERRIES (89%); TOWN COUNCILS (72%)
Geographic: DALE (90%)
Load-Date:\xa0July 4, 2019

End of Document

1. FC Dale wins
Bay Times
July 2, 2019 Tuesday
Length: 3 words
Body
Load-Date: July 4, 2019
End of Document

It rains
Bay Times
July 3, 2019
Body
It rained all day in the harbour.
"""


def as_docx(text: str, path: Path) -> Path:
    import docx

    document = docx.Document()
    for line in text.split("\n"):
        if "\t" in line:
            cells = line.split("\t")
            row = document.add_table(rows=1, cols=len(cells)).rows[0]
            for cell, value in zip(row.cells, cells, strict=True):
                cell.text = value
        else:
            document.add_paragraph(line)
    document.save(path)
    return path


def as_rtf(text: str) -> str:
    escaped = "".join(letter if ord(letter) < 128 else f"\\u{ord(letter)}?" for letter in text)
    lines = [
        line.replace("\t", "\\cell ") + "\\cell\\row " if "\t" in line else f"{line}\\par "
        for line in escaped.split("\n")
    ]
    return "{\\rtf1\\ansi{\\fonttbl{\\f0\\fnil Arial;}}" + "".join(lines) + "}"


def test_nexis_uni_in_word_is_read_with_its_cover_page(tmp_path):
    articles, ledger = load_corpus(as_docx(UNI.format(count=3), tmp_path / "a.docx"))
    assert articles["title"].tolist() == ["The ferry stays, says the mayor", "It rains"]
    assert dropped(ledger) == ["no text in document 2"]
    row = articles.iloc[0]
    assert row["published"] == pd.Timestamp("2019-07-01 09:20", tz="UTC")
    assert row["text"].split("\n\n")[2:] == ["Note: the council meets in June.", "Classification of ships is hard."]
    assert row[["outlet", "edition", "section", "author", "teaser"]].tolist() == [
        *("The Guardian", "London", "LOCAL", "Ann Weir", "What it costs"),
    ]
    assert row[["tags", "places", "load_date"]].tolist() == ["FERRIES; TOWN COUNCILS", "DALE", "2019-07-04"]


def test_a_title_that_begins_with_a_number_is_no_cover_page():
    assert read_export(UNI.format(count=3))[1].detail == "its title is '1. FC Dale wins'"


def test_the_number_on_the_cover_page_is_checked(tmp_path):
    ledger = load(tmp_path, "a.rtf", as_rtf(UNI.format(count=12))).ledger
    assert dropped(ledger) == ["no text in document 2", "the cover page says 12 documents, 3 were read"]
    assert ledger["source"].tolist()[-1] == "a.rtf cover page"


def test_word_and_rtf_hold_the_same_articles(tmp_path):
    one = load_corpus(as_docx(UNI.format(count=3), tmp_path / "a.docx")).articles
    other = load(tmp_path, "b.rtf", as_rtf(UNI.format(count=3))).articles
    pd.testing.assert_frame_equal(one.drop(columns="source"), other.drop(columns="source"))


def test_documents_without_a_cover_page_and_in_other_languages_are_read():
    text = """Die Fähre bleibt
Talblatt
Freitag 5. Juli 2019
Deutschland Ausgabe

Copyright 2019 Talverlag Alle Rechte vorbehalten
Rubrik: LOKALES; S. 7
Länge: 11 Wörter
Autor: Eva Rand
Body

Die Fähre bleibt im Hafen, sagt die Bürgermeisterin, und zwar lange.
Graphic

Die Fähre am Steg
Klassifizierung

Sprache: German; Deutsch
Update: 6. Juli 2019
Ende des Dokuments
"""
    fields = only(read_export(text))
    assert (fields["title"], fields["outlet"], fields["published"]) == ("Die Fähre bleibt", "Talblatt", "2019-07-05")
    assert (fields["section"], fields["page"], fields["author"]) == ("LOKALES", "7", "Eva Rand")
    assert (fields["language"], fields["edition"]) == ("de", "Deutschland Ausgabe")
    assert fields["text"] == "Die Fähre bleibt im Hafen, sagt die Bürgermeisterin, und zwar lange."
    assert fields["caption"] == "Die Fähre am Steg"


# Factiva

CODED = """HD\tThe ferry stays
BY\tBy Ann Weir
WC\t12 words
PD\t5 May 2020
ET\t15:32
SN\tHill Courier
SC\tHILLC
LA\tEnglish
CY\t(c) 2020 Dale Press
LP

The ferry stays at its pier, says the mayor.

TD

IN short: nobody knows how long.

CO dale : Dale Ferries | hill : Hill Ltd
NS\tgtrans : Transport | gpol : Domestic Politics
RE\tuk : United Kingdom
PUB\tDale Press
AN\tDocument HILLC00020200505eg550001a
"""
PLAIN = """Local news
The ferry stays
By Ann Weir
1,012 words
5 May 2020
15:32
Hill Courier
HILLC
4
English
(c) 2020 Dale Press. All rights reserved.

The ferry stays at its pier, says the mayor.

Nobody knows how long.

Dale Press
Document HILLC00020200505eg550001a

Page 1 of 2 © 2020 Factiva, Inc. All rights reserved.
It rains
300 Wörter
6. Mai 2020
Talblatt
TALBL
German
Copyright 2020 Talverlag
Es regnet im Hafen, und die Fähre bleibt.
Document TALBL00020200506eg560001a
Search Summary
Text\tferry
Results Found\t1,342
"""


def test_factiva_with_codes_is_read():
    fields = only(read_export(CODED))
    assert (fields["title"], fields["author"], fields["outlet"]) == ("The ferry stays", "Ann Weir", "Hill Courier")
    assert (fields["published"], fields["language"]) == ("2020-05-05 15:32", "en")
    assert fields["text"].split("\n\n") == [
        "The ferry stays at its pier, says the mayor.",
        "IN short: nobody knows how long.",
    ]
    assert (fields["tags"], fields["places"]) == ("Transport; Domestic Politics", "United Kingdom")
    assert (fields["organizations"], fields["archive_id"]) == ("Dale Ferries; Hill Ltd", "HILLC00020200505eg550001a")


@pytest.mark.parametrize("name", ["a.txt", "a.rtf"])
def test_factiva_without_codes_is_read(tmp_path, name):
    articles, ledger = load(tmp_path, name, as_rtf(PLAIN) if name == "a.rtf" else PLAIN)
    assert dropped(ledger) == []
    assert articles["title"].tolist() == ["The ferry stays", "It rains"]
    assert articles["section"].tolist() == ["Local news", ""]
    assert articles["author"].tolist() == ["Ann Weir", ""]
    assert articles["published_local"].str[:16].tolist() == ["2020-05-05T15:32", "2020-05-06T00:00"]
    assert articles["language"].tolist() == ["en", "de"]
    assert articles["text"][0].split("\n\n")[-1] == "Nobody knows how long."
    assert articles[["words", "page", "publisher"]].loc[0].tolist() == ["1012", "4", "Dale Press"]


def test_factiva_html_tells_title_and_author_by_their_classes():
    page = """<html><head><title>Factiva</title></head><body><table><tr><td><h1>Factiva</h1></td><td>Dow Jones</td></tr></table>
    <div class="article enArticle"><p><div id="hd"><b class='enHeadline'>By the river, the ferry stays</b></div>
    <div class="author">Ann Weir   </div><div>12 words</div><div>5 May 2020</div><div>Hill Courier</div><div>HILLC</div>
    <div>English</div><div>© 2020 Dale Press</div></p><p class="articleParagraph">The <b>ferry</b> stays.</p>
    <p>Dale Press</p><p>Document HILLC00020200505eg550001a</p></div></body></html>"""
    fields = only(read_export_tree(markup.parse(page)))
    assert (fields["title"], fields["author"]) == ("By the river, the ferry stays", "Ann Weir")
    assert (fields["text"], fields.get("section", "")) == ("The ferry stays.", "")


def test_factiva_html_with_codes_is_read():
    cells = [
        line.split("\t")
        for line in CODED.replace("\n\nTD\n\n", "\nTD\t").replace("LP\n\n", "LP\t").split("\n")
        if "\t" in line
    ]
    rows = "".join(f"<tr><td><b>{code}</b>&nbsp;</td><td>{value}</td></tr>" for code, value in cells)
    fields = only(read_export_tree(markup.parse(f"<html><body><table>{rows}</table></body></html>")))
    assert (fields["title"], fields["outlet"], fields["words"]) == ("The ferry stays", "Hill Courier", "12")
    assert fields["text"].startswith("The ferry stays at its pier")


def test_factiva_xml_is_read_and_its_count_checked(tmp_path):
    article = """<ppsarticle><article><accessionNo>HILLC0002</accessionNo><baseLanguage>EN</baseLanguage>
    <headline><paragraph><hlt>Ferr</hlt>y stays</paragraph></headline><byline>By Ann Weir</byline>
    <leadParagraph><paragraph>The ferry stays at its pier.</paragraph></leadParagraph>
    <publicationDate><dateTime>2020-05-05T01:35:58Z</dateTime></publicationDate><sourceName>Hill Courier</sourceName>
    <newsSubject code="g"><name>Transport</name></newsSubject>
    <tailParagraphs><paragraph>Nobody knows how long.</paragraph></tailParagraphs><wordCount>9</wordCount></article></ppsarticle>"""
    page = f"""<?xml version="1.0"?><PPSResponse xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet count="2">
    {article}</ppsarticleResultSet></PPSResponse>"""
    articles, ledger = load(tmp_path, "a.xml", page)
    row = articles.iloc[0]
    assert row[["title", "author", "outlet", "language", "tags", "words"]].tolist() == [
        *("Ferry stays", "Ann Weir", "Hill Courier", "en", "Transport", "9"),
    ]
    assert row["text"] == "The ferry stays at its pier.\n\nNobody knows how long."
    assert dropped(ledger) == ["the header says 2 documents, 1 was read"]


# ProQuest

PROQUEST = f"""{SEPARATOR}

Report Information from ProQuest
May 05 2020 10:00
{SEPARATOR}

Document 1 of 2

The ferry stays: [Dale Edition]

Author: Weir, Ann

Publication info: Hill Courier ; Dale [Dale]05 May 2020: A.1.

ProQuest document link

Abstract: None available.

Links: Find it

Full text: The ferry stays at its pier, says the mayor.

Location: the old harbour, where nobody goes any more.

It will stay for a year, and then the council decides again.

Subject: Ferries; Town councils

Location: Dale

Company / organization: Name: Dale Ferries; NAICS: 524128

Publication title: Hill Courier, Late Edition; Dale

Pages: A.1

Publication date: May 5, 2020

Section: Local

Language of publication: English

ProQuest document ID: 251439

Document URL: https://example.org/docview/251439

Last updated: 2020-05-06

Database: Dale Newsstand

{SEPARATOR}

Document 2 of 2

A record without its text

Publication title: Bay Times

Publication date: May 6, 2020

ProQuest document ID: 251440

Database: Dale Newsstand

{SEPARATOR}

Contact ProQuest
"""


def test_proquest_text_is_read_between_its_rules(tmp_path):
    articles, ledger = load(tmp_path, "a.txt", PROQUEST)
    row = articles.iloc[0]
    assert dropped(ledger) == ["no text in document 2"]
    assert row[["title", "author", "outlet", "edition", "section"]].tolist() == [
        *("The ferry stays: [Dale Edition]", "Weir, Ann", "Hill Courier", "Late Edition", "Local"),
    ]
    assert row[["language", "tags", "page", "organizations", "archive_id", "url"]].tolist() == [
        *("en", "Ferries; Town councils", "A.1", "Dale Ferries", "251439", "https://example.org/docview/251439"),
    ]
    assert [paragraph.split()[0] for paragraph in row["text"].split("\n\n")] == ["The", "Location:", "It"]
    assert row["published"] == pd.Timestamp("2020-05-05", tz="UTC")


def proquest_page() -> str:
    label = re.compile(r"^([A-Z][\w /]+:)", re.MULTILINE)
    blocks = (block for block in PROQUEST.split("\n\n") if not block.startswith("_"))
    paragraphs = "".join("<p>" + label.sub(r"<strong>\1 </strong>", block) + "</p>" for block in blocks)
    paragraphs = paragraphs.replace("pier", 'p<span class="hit">ie</span>r')
    return f"<html><body><div>{paragraphs}</div></body></html>"


def test_proquest_pages_and_mails_hold_the_same_documents(tmp_path):
    import email.message

    message = email.message.EmailMessage()
    message["Subject"] = "Your research"
    message.set_content("See the other part.")
    message.add_alternative(proquest_page(), subtype="html", cte="quoted-printable")
    text = load(tmp_path, "a.txt", PROQUEST).articles
    for name, content in (("b.html", proquest_page()), ("c.eml", message.as_bytes())):
        articles, ledger = load(tmp_path, name, content)
        pd.testing.assert_frame_equal(articles.drop(columns="source"), text.drop(columns="source"))
        assert dropped(ledger) == ["no text in document 2"]


def test_a_forwarded_mail_is_read_through_its_quotation_marks(tmp_path):
    quoted = "\n".join(f"> {line}" for line in PROQUEST.replace(SEPARATOR, "").split("\n"))
    articles, _ = load(
        tmp_path, "a.eml", f"Subject: Fwd: research\nContent-Type: text/plain; charset=utf-8\n\nHello\n\n{quoted}"
    )
    assert articles["title"].tolist() == ["The ferry stays: [Dale Edition]"]


def test_the_names_of_proquests_spreadsheet_columns_are_known():
    row = {
        "Title": "a",
        "Abstract": "b",
        "StoreId": "c",
        "Authors": "d",
        "pubdate": "e",
        "pubtitle": "f",
        "startPage": "g",
    }
    row |= {"language": "h", "subjectTerms": "i", "documentUrl": "j", "FullText": "k", "ArticleType": "News"}
    fields = map_fields(row, {}).fields
    ours = (
        "title",
        "teaser",
        "article_id",
        "author",
        "published",
        "outlet",
        "startPage",
        "language",
        "tags",
        "url",
        "text",
    )
    assert [fields[name] for name in ours] == list("abcdefghijk")


# Europresse and APA


def test_europresse_old_pages_are_read_in_whatever_encoding_they_claim(tmp_path):
    article = """<table><tr><td><span class="DocPublicationName">{outlet}</span><br><span class="DocHeader">Société, </span>
    <span class="DocHeader">jeudi </span><span class="DocHeader">5 mai 2020</span><span class="DocHeader">, p. 3</span><br><br>
    {above}<span class="TitreArticleVisu">Le bac <span style="color:red">reste</span> là</span><br><br>{author}Le bac reste
    à quai, dit la mairie.<p></p>Nul ne <b>sai</b>t.<p></p><b><i>© 2020 Val Presse. Tous droits réservés.</i></b><p></p>
    Numéro de document : news·20200505·VA·17<br></td></tr></table>"""
    first = article.format(outlet="Val, no. 12", above="", author="")
    second = article.format(outlet="L'Étang (site web)", above="Transports<br>", author="Anne Rive<br><p></p>")
    page = f'<html><head><META content="text/html; charset=ISO-8859-1"></head><body>{first}<p>{second}</body></html>'
    articles, ledger = load(tmp_path, "a.html", page)
    assert dropped(ledger) == []
    assert articles["outlet"].tolist() == ["Val", "L'Étang"]
    assert articles["edition"].tolist() == ["no. 12", "site web"]
    assert articles["title"].tolist() == ["Le bac reste là"] * 2
    assert articles["author"].tolist() == ["", "Anne Rive"]
    assert articles["teaser"].tolist() == ["", "Transports"]
    assert articles["text"].tolist() == ["Le bac reste à quai, dit la mairie.\n\nNul ne sait."] * 2
    assert articles[["section", "page", "archive_id"]].loc[0].tolist() == ["Société", "3", "news·20200505·VA·17"]
    assert articles["published"].dt.day.tolist() == [5, 5]


def test_europresse_new_pages_are_read():
    page = """<html><body><article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">Val, no. 12</span></div>
    <div><span class="DocHeader">Société, jeudi 5 mai 2020 - 1\u202f532 mots, p. 3</span></div>
    <div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">Le bac reste</p></div>
    <p class="sm-margin-bottomNews">Anne Rive</p></header><section><div class="docOcurrContainer"><p>Le bac <mark>rest</mark>e.</p>
    <p>Nul ne sait.</p></div></section><footer><small>© 2020 Val Presse. Tous droits réservés.</small>
    <div class="publiC-lblNodoc">news·20200505·VA·17</div></footer></article></body></html>"""
    fields = only(read_export_tree(markup.parse(page)))
    assert (fields["outlet"], fields["title"], fields["author"]) == ("Val", "Le bac reste", "Anne Rive")
    assert (fields["published"], fields["words"], fields["page"]) == ("2020-05-05", "1532", "3")
    assert fields["text"] == "Le bac reste.\n\nNul ne sait."


def test_the_apa_monitor_is_read_in_the_time_of_vienna(tmp_path):
    text = f""""Talblatt.at" gefunden am 05.05.2020 10:36 Uhr

Die Fähre bleibt im
Hafen

Die Bürgermeisterin will warten.

{SEPARATOR}
"Talblatt" vom 06.05.2020 Seite: 4 Ressort: Lokales

Es regnet

Es regnet im Hafen.
"""
    articles, ledger = load(tmp_path, "a.rtf", as_rtf(text))
    assert articles["title"].tolist() == ["Die Fähre bleibt im Hafen", "Es regnet"]
    assert articles["text"].tolist() == ["Die Bürgermeisterin will warten.", "Es regnet im Hafen."]
    assert articles["published"][0] == pd.Timestamp("2020-05-05 08:36", tz="UTC")
    assert articles[["section", "page"]].loc[1].tolist() == ["Lokales", "4"]
    assert "published is when it was found" in ledger["detail"][0]


# Labels within a text, and below it


BODY = "The ferry stays at its pier, says the mayor of the town."
LAST = "Nobody knows for how long it will."


def uni(body: str, tail: str = "Classification\nLanguage: ENGLISH\nLoad-Date: July 4, 2019") -> str:
    head = "The ferry stays\nBay Times\nJuly 2, 2019\nSection: LOCAL\nLength: 20 words\nBody"
    return f"{head}\n{body}\n{tail}\nEnd of Document\n"


def numbered(body: str) -> str:
    head = "1 of 1 DOCUMENTS\n\nBay Times\n\nJuly 2, 2019\n\nThe ferry stays\n\nLENGTH: 20 words"
    return f"{head}\n\n{body}\n\nLOAD-DATE: July 4, 2019\n\nLANGUAGE: ENGLISH\n"


def coded(body: str) -> str:
    head = "HD   The ferry stays\nWC   20 words\nPD   2 July 2019\nSN   Bay Times\nLA   English\nLP"
    return (
        f"{head}\n\n{body}\n\nNS   gtrans : Transport\nPUB\nBay Press, Inc.\nAN   Document BAYTI00020190702ef720001a\n"
    )


def proquest(body: str, number: int = 1, total: int = 1) -> str:
    head = f"{SEPARATOR}\n\nDocument {number} of {total}\n\nThe ferry stays\n\nProQuest document link\n\nFull text: "
    tail = "\n\n".join(("Subject: Ferries", "Publication title: Bay Times", "Pages: 4", "Database: Dale Newsstand"))
    return f"{head}{body}\n\n{tail}\n\n"


@pytest.mark.parametrize(
    ("build", "lines"),
    [
        (uni, ["Update: the mayor has replied."]),
        (uni, ["Update: On July 1, 2019 the mayor replied."]),
        (uni, ["Load-Date: July 1, 2019 was what the file said."]),
        (uni, ["Classification", "Language: that was the question."]),
        (uni, ["Notes", BODY]),
        (uni, ["End of Document"]),
        (numbered, ["UPDATE: July 1, 2019 the mayor replied"]),
        (numbered, ["COMPANY: Dale Ferries", "CITY: Dale"]),
        (numbered, ["LENGTH: 40 metres"]),
        (numbered, ["Document 1 of 3"]),
        (numbered, ["3 of 10 DOCUMENTS"]),
        (coded, ["CO   operation was good.", BODY]),
        (coded, ["IN   the town all was well.", "ART  is long."]),
        (coded, ["RE"]),
        (proquest, ["Database: none"]),
        (proquest, ["Title: one", "Subject: two", "Pages: 3", "Year: 4"]),
        (proquest, ["Document 4 of 7"]),
        (proquest, ["https://example.org/plan", "...", "ProQuest"]),
    ],
)
def test_labels_with_prose_below_them_stay_in_the_text(build, lines):
    fields = only(read_export(build("\n\n".join((BODY, *lines, LAST)))))
    assert fields["text"].split("\n\n") == [BODY, *lines, LAST]
    assert fields["title"] == "The ferry stays"


def test_a_rule_within_a_proquest_text_does_not_end_it():
    assert only(read_export(proquest(f"{BODY}\n\n{SEPARATOR}\n\n{LAST}")))["text"].split("\n\n") == [BODY, LAST]


def test_what_stands_below_the_labels_of_a_text_keeps_its_field():
    graphic = f"Graphic\nAnn Weir at the pier.\n{LAST}\nClassification\nLanguage: ENGLISH\nLoad-Date: July 4, 2019"
    assert only(read_export(uni(BODY, graphic)))["caption"] == f"Ann Weir at the pier.\n{LAST}"
    corrected = f"{numbered(BODY)}\nCORRECTION-DATE: July 5, 2019\n\nCORRECTION:\n\nThe mayor is 70.\n"
    fields = only(read_export(corrected))
    assert (fields["text"], fields["correction"], fields["load_date"]) == (BODY, "The mayor is 70.", "2019-07-04")
    noticed = f"{numbered(BODY)}\nGRAPHIC: A ferry\n\nCopyright 2019 Bay Press\n\nNothing of it may be copied.\n"
    fields = only(read_export(noticed))
    assert (fields["text"], fields["caption"], fields["load_date"]) == (BODY, "A ferry", "2019-07-04")
    fields = only(read_export(coded(BODY)))
    assert (fields["text"], fields["tags"], fields["publisher"]) == (BODY, "Transport", "Bay Press, Inc.")


def test_a_label_that_is_not_known_does_not_part_those_that_are():
    unknown = "Subject: Ferries\n\nPublication title: Bay Times\n\nSponsor: Dale Ferries, Inc."
    fields = only(read_export(proquest(BODY).replace("Subject: Ferries\n\nPublication title: Bay Times", unknown)))
    assert (fields["text"], fields["tags"], fields["page"]) == (BODY, "Ferries", "4")


def test_documents_without_a_heading_of_the_body_or_a_length_keep_their_text():
    fields = only(read_export(uni(f"{BODY}\nTitle: that was all it said.\n{LAST}").replace("Body\n", "")))
    assert fields["text"].split("\n\n") == [BODY, "Title: that was all it said.", LAST]
    fields = only(read_export(numbered(BODY).replace("LENGTH: 20 words\n\n", "")))
    assert (fields["title"], fields["text"], fields["load_date"]) == ("The ferry stays", BODY, "2019-07-04")


@pytest.mark.parametrize(
    ("text", "kept", "label"),
    [
        (numbered(f"{BODY}\n\nCORRECTION: the mayor is 70."), "CORRECTION: the mayor is 70.", "CORRECTION: the mayor is 70."),
        (uni(f"{BODY}\nNotes\nIt was written in July."), "Notes\n\nIt was written in July.", "Notes"),
    ],
)  # fmt: skip
def test_a_doubt_about_the_end_of_a_text_is_said(text, kept, label):
    (unit,) = read_export(text)
    assert unit.fields["text"] == f"{BODY}\n\n{kept}"
    assert unit.detail == f"kept in the text, though it looks like a label: {label!r}"


def test_an_apa_article_may_quote_where_another_was_found():
    quoting = f'"Talblatt" gefunden am 05.05.2020\n\nEs regnet\n\nQuelle ist\n\n"Hafenpost" vom 04.05.2020\n\n{LAST}\n'
    text = f'Quelle ist\n\n"Hafenpost" vom 04.05.2020\n\n{LAST}'
    for export in (quoting, f"{quoting}{SEPARATOR}\n{quoting}"):
        units = read_export(export)
        assert {(unit.fields["title"], unit.fields["text"]) for unit in units} == {("Es regnet", text)}
        assert "looks like a label: '\"Hafenpost\" vom 04.05.2020'" in units[0].detail
    assert len(read_export(f"{quoting}{SEPARATOR}\n{quoting}")) == 2


def test_a_europresse_text_may_hold_what_marks_its_parts_and_ends():
    lines = [BODY, "OUTLET", "HEADER is a word.", "Document number 12 was read.", "© 2019 is a year.", LAST]
    page = f"""<html><body><span class="DocPublicationName">Val</span><br><span class="DocHeader">5 mai 2020</span><br>
    <span class="TitreArticleVisu">Le bac reste</span><br>{"".join(f"<p>{line}</p>" for line in lines)}<p>© 2020 Val Presse.
    Tous droits réservés.</p><p>Numéro de document : news·20200505·VA·17</p><p>This file is for you alone.</p></body></html>"""
    fields = only(read_export_tree(markup.parse(page)))
    assert fields["text"].split("\n\n") == lines
    assert (fields["title"], fields["published"]) == ("Le bac reste", "2020-05-05")


@pytest.mark.parametrize(
    ("first", "total", "said"),
    [(1, 2, []), (1, 7, ["the header says 7 documents, 2 were read"]), (6, 7, []), (3, 2, [])],
)
def test_the_number_of_documents_that_proquest_states_is_checked(first, total, said):
    export = proquest(BODY, first, total) + proquest(LAST, first + 1, total)
    assert [unit.reason for unit in read_export(export) if unit.reason] == said


@pytest.mark.parametrize(
    "cover",
    [
        "Documents (1)\n1. The ferry stays\nClient/Matter: -None-\nSearch Terms: ferry\nA note of my own.\n",
        "Documents (1)\n1. The ferry stays\nContent Type\tNarrowed by\nNews\nA note of my own.\n",
        "1. The ferry stays\nSearch Terms: ferry January 1, 2019 to July 3, 2019\n2. It rains\nSearch Type: Natural\n",
        "1. The ferry stays\n2. It rains\n",
    ],
)
@pytest.mark.parametrize("outlet", ["Bay Times", "News"])
def test_a_cover_page_is_told_from_the_first_document_whatever_became_of_it(cover, outlet):
    fields = only(read_export(cover + uni(BODY).replace("Bay Times", outlet)))
    assert (fields["title"], fields["outlet"], fields["text"]) == ("The ferry stays", outlet, BODY)
    assert fields["published"] == "2019-07-02"


def test_factivas_mark_of_a_line_break_is_no_part_of_a_name():
    assert author_name("By Ann Weir&softReturn;and Eva Rand") == "Ann Weir and Eva Rand"


# What is no export

PROSE = """The ferry stays

The ferry will stay at its pier for another year, the mayor said on Thursday in the council.

She had read 1 of 10 documents, and Factiva and ProQuest were of no help to her at all.

LENGTH: the pier is 40 metres long. End of Document, she said, and closed the book for good.
"""


@pytest.mark.parametrize("name", ["a.docx", "a.rtf", "a.txt", "a.eml"])
def test_a_document_that_is_no_export_is_one_article(tmp_path, name):
    if name == "a.docx":
        articles, _ = load_corpus(as_docx(PROSE, tmp_path / name))
    else:
        body = {"a.rtf": as_rtf(PROSE), "a.eml": f"Subject: The ferry stays\n\n{PROSE}"}.get(name, PROSE)
        articles, _ = load(tmp_path, name, body)
    assert articles["title"].tolist() == ["The ferry stays"]
    assert articles["text"][0].endswith("closed the book for good.")


PAGE = "Home\nLogin\n\nThe ferry stays\n\nMay 5, 2020\n\n"


@pytest.mark.parametrize(
    "page",
    [
        f"{PAGE}{BODY}\n\nDocument 1 of 3\n\nCORRECTION: An earlier text misspelt the name of the town.\n\n{LAST}\n",
        f"{PAGE}{BODY}\n\nUpdate: the mayor has replied.\n\n{LAST}\n\nEnd of document\n\nAbout us\n",
        f"The ferry stays\nHill Courier\nMay 5, 2020\nSection: News\nDocuments (3)\nText\n{BODY}\n\n{LAST}\n",
        f"Home\nDocuments (3)\nText\nShare\n\n{PAGE}Update: the mayor has replied.\n\n{BODY}\nLength: 2:30\n",
    ],
)
def test_a_page_with_a_stray_label_is_no_export(page):
    assert read_export(page) == []


def test_a_letter_that_begins_with_what_it_answers_is_no_export():
    letter = f'"Talblatt" vom 05.05.2020\n\nDie Fähre bleibt\n\n{BODY}\n\n{LAST}\n'
    assert read_export(letter) == []
    assert len(read_export(letter.replace("2020", "2020 Seite: 4"))) == 1
    assert len(read_export(f"{letter}{SEPARATOR}\n{letter}")) == 2


def test_a_page_that_quotes_a_document_of_an_archive_is_no_export():
    quoted = coded(BODY)
    assert len(read_export(quoted)) == 1
    assert len(read_export(f"{LAST}\n\n{quoted}")) == 1
    more = "\n\n".join(
        f"On day {day} the ferry did not leave its pier, and nobody in the town asked why." for day in range(9)
    )
    assert read_export(f"{PAGE}{more}\n\n{quoted}\n\n{more}\n") == []
    assert read_export(f"{PAGE}{more}\n\n{quoted}") == []
    plain = (
        f"40 words\n5 May 2020\nHill Courier\nEnglish\n(c) 2020 Hill\n\n{BODY}\n\nDocument HILL000020200505eg55000gz\n"
    )
    three, after = more.split("\n\n")[:3], more.split("\n\n")[3:]
    assert read_export("\n\n".join([*three, plain, *after])) == []
    assert read_export(f"{quoted}\n\n{more}\n") == []


def test_a_page_with_some_classes_of_europresse_is_none():
    page = f'<article><h1 class="titreArticle">The ferry stays</h1><b class="DocPublicationName">Val</b><p>{BODY}</p></article>'
    assert read_export_tree(markup.parse(page)) == []


HOSTILE = {
    "factiva spaces": lambda n: coded(BODY + "\n" + " " * n + "x\n" + "\t" * n + "Factiva" + " " * n + "Dow Jones x"),
    "nexis uni section": lambda n: uni(BODY).replace("LOCAL", "A" + " " * n + "B" + "; Pg." * n),
    "nexis uni subject": lambda n: uni(BODY, "Classification\nSubject: A" + " " * n + "B" + " (1" * n),
    "nexis uni captions": lambda n: uni(BODY, "Graphic\n" + "Ann at the pier\n" * n + "Classification\nLanguage: ENGLISH"),
    "nexis uni headings": lambda n: uni(f"{BODY}\nGraphic\nLanguage: x\nClassification\n" * (n // 50)),
    "nexis dates": lambda n: numbered(BODY).replace("The ferry stays", "May 5, 2020\n\n" * (n // 10)),
    "nexis labels": lambda n: numbered(BODY + "\n\nTYPE: x" * (n // 10)),
    "proquest rules": lambda n: proquest(f"{SEPARATOR}\nhe said\nDatabase: x\n" * (n // 50)),
    "apa quotes": lambda n: '"Talblatt" vom 05.05.2020\n\nA\n\n' + '"ab" ' * n + "\t" * n + "\n" + '"' * n,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_the_time_to_read_an_export_does_not_grow_with_the_square_of_its_length(name):
    assert seconds(lambda: read_export(HOSTILE[name](100_000))) < 3


@pytest.mark.parametrize(
    "body",
    [
        lambda n: "a" * n,
        lambda n: '<b class="DocText">x</b>' * (n // 20),
        lambda n: '<article><b class="DocPublicationName">x</b>' * (n // 500),
    ],
)
def test_the_time_to_read_a_tree_does_not_grow_with_the_square_of_its_length(body):
    head = (
        '<b class="DocPublicationName">Val</b><b class="DocHeader">5 mai 2020</b><h1 class="titreArticle">Le bac</h1>'
    )
    tree = markup.parse(f"<article>{head}<section>{body(100_000)}</section></article>")
    assert seconds(lambda: read_export_tree(tree)) < 3


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"PK\x03\x04 nothing", "not a Word document, or a damaged one"),
        ("a.rtf", b"{\\rtf1 Test}", "no article found in it"),
        ("a.eml", b"Subject: Hello\n\nHi", "no article found in it"),
        ("a.xml", b"<a><b/></a>", "no article found in it"),
        ("a.xml", b"hello", "damaged XML"),
    ],
)
def test_what_holds_no_article_is_refused_with_its_reason(tmp_path, name, content, reason):
    with pytest.raises(CorpusError, match=re.escape(reason)):
        load(tmp_path, name, content)


def test_entities_of_xml_are_not_expanded(tmp_path):
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    page = f'<!DOCTYPE x [<!ENTITY e0 "a"><!ENTITY f SYSTEM "file:///etc/passwd">{bomb}]><x>&e8;&f;</x>'
    with pytest.raises(CorpusError):
        load(tmp_path, "a.xml", page)
    assert "root:" not in "".join(markup.parse_xml(page.encode())[0].itertext())


@pytest.mark.parametrize("text", [NUMBERED, UNI.format(count=3), CODED, PLAIN, PROQUEST])
def test_a_file_cut_off_anywhere_is_read_as_far_as_it_goes(text):
    whole = {unit.place for unit in read_export(text)}
    for end in range(0, len(text), 37):
        places = {unit.place for unit in read_export(text[:end])}
        assert places <= whole | {"header", "cover page"}


def test_a_damaged_xml_file_is_said_to_be(tmp_path):
    article = "<ppsarticle><article><leadParagraph><paragraph>The ferry stays.</paragraph></leadParagraph></article></ppsarticle>"
    articles, ledger = load(tmp_path, "a.xml", f"<x>{article}<ppsarticle><article><lead")
    assert len(articles) == 1
    assert "damaged XML: articles may be lost" in dropped(ledger)


def test_pages_of_elements_that_are_never_closed_lose_nothing():
    document = '<div class="c10"/><span>{n} of 400 DOCUMENTS</span><p>Bay Times</p><p>May 1, 2020</p><p>LENGTH: 2 words</p><p>It rains.</p>'
    page = "".join("<div>" + document.format(n=number) for number in range(1, 401))
    assert [unit.reason for unit in read_export_tree(markup.parse(page))] == [""] * 400


# Pieces


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("July 1, 2019 Monday 9:20 AM GMT", ("", "2019-07-01 9:20 AM GMT", "")),
        ("Politique, jeudi 5 octobre 2013, p. 03", ("Politique", "2013-10-05", "p. 03")),
        ("December 19, 1991, Sunday, An Edition", ("", "1991-12-19", "An Edition")),
        ("Freitag 5. Juli 2019 09:31 Uhr MESZ", ("", "2019-07-05 09:31 Uhr MESZ", "")),
        ("1er août 2020", ("", "2020-08-01", "")),
        ("3 de julio de 2019", ("", "2019-07-03", "")),
        ("4 oktober 2017 woensdag", ("", "2017-10-04", "")),
        ("31 juin 2020", ("", "", "")),
        ("room 12 march 2020s", ("", "", "")),
        ("28.12.2017 10:36", ("", "28.12.2017 10:36", "")),
    ],
)
def test_dates_of_seven_languages_are_told_from_what_stands_around_them(written, parts):
    assert split_date(written) == parts


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("ENGLISH", "en"),
        ("Dutch / Nederlands", "nl"),
        ("Englisch", "en"),
        ("Français", "fr"),
        ("FR", "fr"),
        ("MATP", ""),
    ],
)
def test_languages_are_known_by_name(named, code):
    assert language_code(named) == code


@pytest.mark.parametrize(
    ("written", "outlet", "edition"),
    [
        ("The Guardian(London)", "The Guardian", "London"),
        ("The Times (South Africa)", "The Times (South Africa)", ""),
        ("New York Times, Late Edition (East Coast)", "New York Times", "Late Edition (East Coast)"),
        ("Le Val (site web)", "Le Val", "site web"),
        ("Val, no. 5968", "Val", "no. 5968"),
    ],
)
def test_an_outlet_is_named_without_its_edition(written, outlet, edition):
    assert outlet_fields(written) == {"outlet": outlet, "edition": edition}


def test_an_author_is_named_without_by():
    assert [author_name(name) for name in ("By Ann Weir", "Von Eva Rand", "Diana Byers")] == [
        "Ann Weir",
        "Eva Rand",
        "Diana Byers",
    ]


# The development data beside the checkout


def test_as_many_articles_are_read_as_real_exports_hold(shared):
    folder = shared / "dev" / "exports"
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        stated = {row["file"]: row["articles"] for row in csv.DictReader(stream)}
    for name, count in stated.items():
        if count == "0":
            with pytest.raises(CorpusError, match="no article found in it"):
                load_corpus(folder / name)
        elif count:
            assert len(load_corpus(folder / name).articles) == int(count), name


def test_no_real_page_is_taken_for_an_export(shared):
    for path in sorted((shared / "dev" / "pages").glob("*.txt")):
        assert read_export(read_text(path)[0]) == [], path.name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("By Ana Marsh", "Ana Marsh"),
        ("By: ANA MARSH", "ANA MARSH"),
        ("Von Anna Keller und Max Berg", "Anna Keller und Max Berg"),
        ("Par Élise Dupont", "Élise Dupont"),
        ("Por: Ana", "Ana"),
        ("Di Maio, Luisa", "Di Maio, Luisa"),
        ("Von Hammer, Karla", "Von Hammer, Karla"),
        ("Von der Mark", "Von der Mark"),
        ("Byron Hill", "Byron Hill"),
    ],
)
def test_a_byline_loses_its_by_and_a_name_no_part_of_it(written, name):
    assert author_name(written) == name
