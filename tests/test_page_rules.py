"""A user's rules, and what the pages of an outlet share: both override what one page alone seems to say."""

import time
from functools import partial
from pathlib import Path

import pytest

from toolkit import CodebookError, clean_page, load_corpus
from toolkit.cli import main
from toolkit.readers.page_labels import label_lines
from toolkit.readers.page_lines import lines_of
from toolkit.readers.page_rules import load_rules
from toolkit.readers.page_shared import count_shared, reasons_of

PAGE = """Home
World
Harbour towns ask for a longer pier

3 March 2021, 18:05

Three towns on the coast say that the old pier is too short for the new boats.

The morning letter of the harbour comes before breakfast.

The mayors asked the government on Wednesday for a longer pier. They said that the storm had shown why.

Storm closes the coast road for two days

Lighthouse keeper tells of the storm of the century

Copyright © 2021 Harbour Post. All rights reserved.
"""
RULES = """
"*":
  - {line: "the morning * before breakfast.", label: promotion}
The Harbour Post:
  - {below: "Storm closes *", label: related}
  - {line: "copyright*", label: footer}
  - {above: "World", label: menu}
Hill Courier:
  - {line: "Three *", label: menu}
"""


@pytest.fixture
def rules(tmp_path) -> Path:
    path = tmp_path / "rules.yml"
    path.write_text(RULES, encoding="utf-8")
    return path


def labels(page: str, rules=None) -> dict[str, tuple[str, str]]:
    return {row.text.split()[0]: (row.label, row.reason) for row in clean_page(page, rules).itertuples()}


def test_a_rule_overrides_the_label_of_a_line_and_says_so(rules):
    said = "by the rules file"
    found = labels(PAGE, rules)
    assert labels(PAGE)["The"][0] == "body"
    assert clean_page(PAGE, rules).query("reason == @said")["label"].tolist() == [
        *("menu", "menu", "promotion", "related", "related", "footer"),
    ]
    assert found["Storm"] == found["Lighthouse"] == ("related", said)
    assert found["Three"] == labels(PAGE)["Three"]  # the rule is another outlet's


def test_what_the_rules_say_is_what_the_article_holds(rules, tmp_path):
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    row = load_corpus(tmp_path / "page.txt", rules=rules).articles.iloc[0]
    assert "morning letter" not in row["text"]
    assert row["text"].endswith("why.")
    assert (
        row["related"]
        == "Storm closes the coast road for two days\nLighthouse keeper tells of the storm of the century"
    )
    assert row["article_id"] == load_corpus(tmp_path / "page.txt").articles["article_id"][0]


def test_a_headline_by_rule_is_the_only_one(tmp_path):
    (tmp_path / "rules.yml").write_text('"*":\n  - {line: "three towns*", label: headline}\n', encoding="utf-8")
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    row = load_corpus(tmp_path / "page.txt", rules=tmp_path / "rules.yml").articles.iloc[0]
    assert row["title"] == "Three towns on the coast say that the old pier is too short for the new boats."


@pytest.mark.parametrize(
    ("name", "holds"),
    [("harbour post", True), ("The Harbour Post", True), ("harbour.example", True), ("www.harbour.example", True),
     ("arbour.example", False), ("Harbour", False)],
)  # fmt: skip
def test_rules_hold_for_an_outlet_by_name_or_by_a_domain_named_on_the_page(tmp_path, name, holds):
    (tmp_path / "rules.yml").write_text(f"{name}:\n  - {{line: 'World', label: tags}}\n", encoding="utf-8")
    found = labels(PAGE + "\nRead us at www.harbour.example\n", tmp_path / "rules.yml")
    assert (found["World"][0] == "tags") == holds


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "A:\n  - {line: x, label: chatter}\n",
            "rules.yml:2: unknown label 'chatter' for A. There are: menu, headline,",
        ),
        ("A:\n  - {lines: x, label: menu}\n", "rules.yml:2: unknown key 'lines' in a rule of A."),
        ("A:\n  - {line: ' ** ', label: menu}\n", "rules.yml:2: line of A has an empty pattern"),
        ("A:\n  - {below: '', label: menu}\n", "rules.yml:2: below of A has an empty pattern"),
        ("A:\n  - {line: x, above: y, label: menu}\n", "rules.yml:1: a rule of A must say one of line, below or above"),
        ("A:\n  - {label: menu}\n", "rules.yml:1: a rule of A must say one of line, below or above"),
        ("A:\n  - {line: 2021, label: menu}\n", "rules.yml:2: line of A must be text; quote '2021'."),
        ("A: {line: x, label: menu}\n", "rules.yml:1: A must list its rules"),
        ("A:\n  - x\n", "rules.yml:1: a rule of A must have keys"),
        ("A:\n  - {line: [x], label: [y]}\n", "rules.yml: unknown label ['y'] for A."),
        ("- x\n", "rules.yml: not a file of rules. It needs outlets, and under each its rules"),
        ("*:\n  - {line: x, label: menu}\n", "rules.yml:1: not readable YAML"),
        ("A: &a\n  - *a\n", "rules.yml:2: not readable YAML: an alias, *a. Put quotation marks round a word"),
        ("A: &a [x, x]\nB: &b [*a, *a]\n", "rules.yml:2: not readable YAML: an alias, *a."),
    ],
)
def test_a_fault_in_the_rules_is_one_line_that_says_where(tmp_path, text, said):
    path = tmp_path / "rules.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError) as error:
        load_rules(path)
    assert str(error.value).startswith(said)
    assert "\n" not in str(error.value)


def test_many_stars_take_no_longer_than_the_line_is_long(tmp_path):
    path = tmp_path / "rules.yml"
    path.write_text(f'"*":\n  - {{line: "{"a*" * 200}b", label: menu}}\n', encoding="utf-8")
    start = time.perf_counter()
    clean_page("a" * 1_000_000 + "c\n", load_rules(path))
    assert time.perf_counter() - start < 5


def test_the_command_takes_rules(tmp_path, rules, capsys):
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    assert main(["clean", str(tmp_path / "page.txt"), "--rules", str(rules)]) == 0
    assert "promotion    The morning letter" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "page.txt"), "--rules", str(rules)]) == 0
    assert main(["check", str(tmp_path / "page.txt"), "--rules", "nowhere.yml"]) == 1


COOKIES = "This site keeps small files on your machine so that it can tell what its visitors have seen before. They stay there for a year."
LETTER = "The Courier’s own letter brings our whole day to you each evening."
BACKGROUND = "The valley has quarrelled about the dam since the flood of 1954, in which forty houses were lost and no one was ever charged."
TOPICS = {
    "dam": "The engineers closed the upper gate of the dam on Monday. The level of the lake rose by a hand within the hour.",
    "school": "The school in the valley will have a second class next year. Eleven children were born there in one summer.",
    "bridge": "A lorry got stuck under the railway bridge for the third time. Its driver had trusted the machine that showed the way.",
    "market": "The price of apples fell by half at the market on Saturday. Growers spoke of the best harvest in a generation.",
    "choir": "The choir of the valley came home from the capital with a prize. Nobody had expected it, least of all the singers.",
    "snow": "Snow fell on the pass in the night and closed the road. The plough had been sold in the spring to save money.",
}


def courier(topic: str, background: str = "") -> str:
    """A page of an invented outlet: a notice above the article and an appeal amid it, both in whole sentences."""
    first = TOPICS[topic]
    return f"""The Hill Courier
News
{COOKIES}
I agree

News about the {topic} from the hills

{first}

{background}

Nobody whom the paper asked about the {topic} wished to add anything to that, and the council will not meet until the end of the month.

{LETTER}

The council has promised an answer about the {topic} before the winter. Until then things will stay as they have been for a long time.

© 2021 The Hill Courier
"""


def saved(folder: Path, pages: dict[str, str]) -> Path:
    folder.mkdir()
    for name, page in pages.items():
        (folder / f"{name}.txt").write_text(page, encoding="utf-8")
    return folder


def texts(folder: Path) -> dict[str, str]:
    articles = load_corpus(folder).articles
    return dict(zip(articles["source"], articles["text"], strict=True))


def test_what_stands_on_the_pages_of_an_outlet_is_none_of_an_article(tmp_path):
    pages = {topic: courier(topic) for topic in list(TOPICS)[:5]}
    alone = load_corpus(saved(tmp_path / "one", {"dam": pages["dam"]})).articles["text"][0]
    assert COOKIES in alone or LETTER in alone
    for name, text in texts(saved(tmp_path / "five", pages)).items():
        assert text.split("\n\n")[0] == TOPICS[name.removesuffix(".txt")]
        assert len(text.split("\n\n")) == 3
        assert COOKIES not in text and LETTER not in text


@pytest.mark.parametrize(
    "background",
    [
        BACKGROUND,
        "The US and the valley have held talks on the dam in the capital since January, when the lease was to end.",
        "In January the mayor said that we must all wait for our neighbours and their report before any vote.",
    ],
)
def test_background_that_recurs_in_coverage_stays_in_it(tmp_path, background):
    pages = {topic: courier(topic, background) for topic in TOPICS}
    assert all(background in text for text in texts(saved(tmp_path / "six", pages)).values())


def test_articles_without_menus_keep_the_byline_the_date_and_the_heading_they_share(tmp_path):
    pages = {
        topic: f"The {topic} and the valley\nBy Ana Keller\n3 March 2021\n\n{text}\n\nWhat comes next\n\n"
        f"The council decides on the {topic} in May. Until then things stay as they are.\n\nRead on at hill.example"
        for topic, text in TOPICS.items()
    }
    articles = load_corpus(saved(tmp_path / "six", pages)).articles.set_index("source")
    for topic, text in TOPICS.items():
        row = articles.loc[f"{topic}.txt"]
        assert row["title"] == f"The {topic} and the valley"
        assert (row["author"], row["published"].date().isoformat()) == ("Ana Keller", "2021-03-03")
        last = f"The council decides on the {topic} in May. Until then things stay as they are."
        assert row["text"].split("\n\n") == [text, "What comes next", last]


def test_an_article_saved_several_times_loses_nothing(tmp_path):
    page = courier("dam")
    copies = {f"copy{number}": page + f"\nRead {number} times" for number in range(6)}
    others = {topic: courier(topic) for topic in ("school", "bridge", "market", "choir")}
    alone = texts(saved(tmp_path / "one", {"copy0": copies["copy0"]}))["copy0.txt"]
    assert set(texts(saved(tmp_path / "copies", copies)).values()) == {alone}
    among = texts(saved(tmp_path / "among", copies | others))
    assert len({among[f"{name}.txt"] for name in copies}) == 1
    assert TOPICS["dam"] in among["copy0.txt"] and "promised an answer about the dam" in among["copy0.txt"]


def test_the_reason_says_on_how_many_pages_a_line_stands(tmp_path):
    folder = saved(tmp_path / "five", {topic: courier(topic) for topic in list(TOPICS)[:5]})
    paths = sorted(folder.glob("*.txt"))
    told = partial(reasons_of, path=paths[0], shared=count_shared(paths))
    lines = lines_of(paths[0].read_text(encoding="utf-8"), told)
    reasons = {line.text: reason for line, (_, reason) in zip(lines, label_lines(lines), strict=True)}
    assert reasons[LETTER] == reasons[COOKIES] == "stands on 5 of 5 pages of this outlet"


def test_the_id_of_a_page_does_not_depend_on_the_pages_beside_it(tmp_path):
    pages = {topic: courier(topic) for topic in TOPICS}
    alone = load_corpus(saved(tmp_path / "one", {"dam": pages["dam"]})).articles
    among = load_corpus(saved(tmp_path / "all", pages)).articles
    assert among.loc[among["source"] == "dam.txt", "article_id"].tolist() == alone["article_id"].tolist()


def test_clean_sees_what_the_pages_beside_it_share(tmp_path, capsys):
    for topic, text in TOPICS.items():
        page = f"Home\nNews\nSport\n\nThe {topic} of the valley\n\n3 March 2021\n\n{text}\n\n{LETTER}\n\nPrivacy policy\n© 2021 The Hill Courier\n"
        (tmp_path / f"{topic}.txt").write_text(page, encoding="utf-8")
    assert main(["clean", str(tmp_path / "dam.txt")]) == 0
    told = next(line for line in capsys.readouterr().out.splitlines() if "own letter" in line)
    assert f"stands on {len(TOPICS)} of {len(TOPICS)} pages of this outlet" in told and not told.startswith("body")


def test_clean_sends_an_export_to_check(tmp_path, capsys):
    document = "1 of 1 DOCUMENTS\n\nThe Hill Courier\n\nMarch 3, 2021\n\nA dam\n\nLENGTH: 5 words\n\nThe dam is old.\n"
    (tmp_path / "export.txt").write_text(document, encoding="utf-8")
    assert main(["clean", str(tmp_path / "export.txt")]) == 1
    assert "an export of several articles, not a page. Look with: toolkit check" in capsys.readouterr().err


def test_a_file_of_rules_that_matches_nothing_is_said_and_one_that_does_is_in_the_ledger(tmp_path, capsys):
    folder = saved(tmp_path / "pages", {"one": PAGE})
    (tmp_path / "idle.yml").write_text('"*":\n  - {line: "no such line", label: menu}\n')
    for command in (["check", str(folder)], ["clean", str(folder / "one.txt")]):
        assert main([*command, "--rules", str(tmp_path / "idle.yml")]) == 0
        assert "idle.yml: no rule matches a line here." in capsys.readouterr().err
    (tmp_path / "rules.yml").write_text(RULES)
    assert main(["check", str(folder), "--rules", str(tmp_path / "rules.yml")]) == 0
    said = capsys.readouterr()
    assert " lines labelled by the rules file" in said.out and not said.err


def test_an_outlet_that_only_the_copyright_names_is_said_in_the_ledger(tmp_path):
    named = PAGE.replace("Home\n", "About the Harbour Post\n")
    folder = saved(tmp_path / "pages", {"one": PAGE, "two": named})
    ledger = load_corpus(folder).ledger.set_index("source")["detail"]
    assert "outlet by the copyright alone" in ledger["one.txt"]
    assert "outlet by the copyright alone" not in ledger["two.txt"]


def test_clean_sends_a_table_to_check(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("title,text\nRain,It rained.\n")
    assert main(["clean", str(tmp_path / "a.csv")]) == 1
    assert capsys.readouterr().err.endswith("a.csv: not the text of a page. Look with: toolkit check\n")
