import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from toolkit.cli import main


def test_check_says_what_is_there_in_under_a_screen(capsys):
    assert main(["check", "sample"]) == 0
    said = capsys.readouterr().out
    assert "63 units read: 63 kept, 0 dropped." in said
    assert "63 articles of 6 outlets, 2021-12-07 to 2022-02-23, 18," in said
    assert "13  Donaublick" in said
    assert "id -> article_id" in said
    assert len(said.splitlines()) <= 40


def test_check_says_what_was_dropped_and_where(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("body\nIt rained all day long.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "2 units read: 1 kept, 1 dropped: empty file (1)." in said
    assert "empty file, first in b.txt" in said


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["check", "nowhere"], "toolkit: nowhere: no such file or folder"),
        (
            ["report", "farming"],
            "toolkit: no report 'farming'. Did you mean framing? There are: actors, corpus, framing, sentiment, validation.",
        ),
        (
            ["report", "all", "-p", "outlets=x"],
            "toolkit: no report has a parameter 'outlets'. Did you mean outlet? They take: actors, at_least",
        ),
        (["report", "all", "-p", "outlet"], "toolkit: -p takes name=value, not 'outlet'."),
        (["clean", "nowhere.txt"], "toolkit: nowhere.txt: No such file or directory. Give the text of a page."),
        (["codebook", "check", "nowhere.yml"], "toolkit: nowhere.yml: no such file or folder"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_1(command, message, capsys):
    assert main(command) == 1
    said = capsys.readouterr().err
    assert said.startswith(message)
    assert len(said.splitlines()) == 1


def test_a_report_that_fails_does_not_stop_the_others(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("toolkit.parameters.report_names", lambda: ["corpus", "framing"])
    (tmp_path / "one.csv").write_text("outlet,text\nHill Courier,It rained all day long.\n", encoding="utf-8")
    broken = tmp_path / "broken.yml"
    broken.write_text("name: x\nframes: {}\n", encoding="utf-8")
    arguments = ["--corpus", str(tmp_path / "one.csv"), "--out", str(tmp_path), "-p", f"codebook={broken}"]
    assert main(["report", "all", *arguments]) == 1
    said = capsys.readouterr()
    assert [line.rsplit("/", 1)[-1] for line in said.out.splitlines()] == ["corpus.html"]
    assert "toolkit: framing: broken.yml:2: frames must list at least one entry" in said.err


def test_clean_shows_each_line_with_label_and_reason(tmp_path, capsys):
    (tmp_path / "page.txt").write_text(
        "Menu\n\nIt rained in the harbour, and the boats stayed in all day.\n", encoding="utf-8"
    )
    assert main(["clean", str(tmp_path / "page.txt")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("menu         Menu")
    assert said[1].startswith("body         It rained") and "|      6-64     | prose" in said[1]


def test_help_starts_without_loading_the_library():
    code = "import sys, toolkit.cli\ntry:\n toolkit.cli.main(['--help'])\nexcept SystemExit:\n print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


def test_a_terminal_that_lacks_letters_shows_marks_in_their_place(tmp_path):
    (tmp_path / "a.csv").write_text("text,outlet\nThey met.,Žena\n", encoding="utf-8")
    command = [sys.executable, "-m", "toolkit", "check", str(tmp_path)]
    done = subprocess.run(
        command, capture_output=True, env=os.environ | {"PYTHONIOENCODING": "ascii"}, cwd=ROOT, check=True
    )
    assert b"?ena" in done.stdout and done.stderr == b""


def test_clean_shows_nothing_that_a_terminal_would_obey(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Talks\n\nThey met \x1b[31min the harbour town on Monday.\n")
    assert main(["clean", str(tmp_path / "a.txt")]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_check_tells_what_must_not_be_missed_first_and_names_columns_nobody_knows(tmp_path, capsys):
    rows = "".join(f"T{n},They met in harbour {n} at noon.,x\n" for n in range(20))
    (tmp_path / "a.csv").write_text(f"title,text,weather\n{rows}Odd,Too short.,y\n")
    assert main(["check", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    decided = said.split("Decided while reading (units)\n")[1]
    assert decided.split("\n")[0].split() == ["1", "very", "short"]
    assert "Columns kept under their own names: weather" in said
