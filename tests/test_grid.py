"""Grid: what a file asks for is made side by side, survives what kills it, and never costs what was done."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import ROOT
from toolkit import CorpusError, ReportError, ToolkitError, annotate, load_grid, rerun_report, run_grid, write_overview
from toolkit.cli import main
from toolkit.comparison import differ_by_outlet, find_changes
from toolkit.report import make_report
from toolkit.runner import FAILED, KEPT, MADE
from toolkit.tables import COMPARISON, as_table

TWO = "outlet,published,title,text\nHill Courier,2022-01-03,Cost,The pier is expensive.\nBay/Times,2022-02-07,Rain,It rained on both sides.\n"


@pytest.fixture
def desk(tmp_path) -> Path:
    (tmp_path / "two.csv").write_text(TWO, encoding="utf-8")
    return tmp_path


def grid_of(desk: Path, text: str) -> Path:
    (desk / "grid.yml").write_text(text, encoding="utf-8")
    return desk / "grid.yml"


def names_of(desk: Path, text: str) -> list[str]:
    return [run.name for run in load_grid(grid_of(desk, text)).runs]


def everything(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def test_every_report_is_asked_for_every_outlet_period_and_value(desk):
    names = names_of(
        desk,
        "reports: [corpus, sentiment]\noutlets: [all, each]\nperiods: [each month]\n"
        "parameters: {corpus: two.csv, by: [outlet, section]}\n",
    )
    assert len(names) == 3 * 2 + 3 * 2 * 2  # a corpus report has no `by`, and is asked for once
    assert names[:2] == ["corpus--2022-01", "sentiment--2022-01--by-outlet"]
    assert "sentiment--bay-times--2022-02--by-section" in names


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("latest week", ("week of 2022-02-07", "2022-02-07", "2022-02-13")),
        ("2022-01-01 to 2022-01-31", ("2022-01-01 to 2022-01-31", "2022-01-01", "2022-01-31")),
        ("{name: before, end: 2022-01-31}", ("before", "", "2022-01-31")),
        ("all", ("", "", "")),
    ],
)
def test_a_period_is_named_written_out_or_told_by_the_corpus(desk, entry, found):
    text = f"reports: corpus\nperiods: [{entry}]\nparameters: {{corpus: two.csv}}\n"
    run = load_grid(grid_of(desk, text)).runs[0]
    assert (run.period, run.values["start"], run.values["end"]) == found


def test_outlets_and_periods_of_tables_are_told_by_these(desk):
    tables = annotate(desk / "two.csv", desk / "tables")
    names = names_of(desk, "outlets: each\nperiods: [latest month]\nparameters: {tables: tables, codings: two.csv}\n")
    assert names[:2] == ["actors--bay-times--2022-02", "corpus--bay-times--2022-02"]
    assert len(names) == 2 * 4  # validation reads no tables
    (tables / "articles" / "part-000000.parquet").unlink()
    with pytest.raises(CorpusError, match="is not complete"):
        names_of(desk, "outlets: each\nparameters: {tables: tables}\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("reports: farming\n", "grid.yml:1: no report 'farming'. There are: actors, corpus,"),
        ("report: corpus\n", "grid.yml:1: unknown key 'report' in the grid. It takes: out, outlets,"),
        ("- corpus\n", "grid.yml: not a grid. It needs keys such as reports, outlets, periods and parameters."),
        ("periods: [soon]\n", "grid.yml:1: period 'soon' is not understood. Write all, 2022-01-01 to"),
        ("parameters: {outlets: x}\n", "no report has a parameter 'outlets'. Did you mean outlet? They take:"),
        ("parameters: {outlet: x}\n", "grid.yml:1: outlet is set by outlets and periods, not by parameters."),
        ("parameters: {corpus: nowhere}\n", "nowhere: no such file or folder"),
        ("parameters: {seed: [1, soon]}\n", "actors: seed must be of type int, not 'soon'."),
        ("timeout: 0\n", "grid.yml:1: timeout must be a number of minutes above 0."),
        ("outlets: []\n", "grid.yml:1: outlets lists nothing. Leave it out for all."),
        ("out: ../elsewhere\n", "grid.yml:1: out leads out of the folder of this file: '../elsewhere'."),
        ("out: /tmp\n", "grid.yml:1: out leads out of the folder of this file: '/tmp'."),
        (
            "reports: corpus\noutlets: [Bay/Times, Bay Times]\n",
            "grid.yml: two runs would write corpus--bay-times.html: corpus, Bay/Times; corpus, Bay Times.",
        ),
        ("title: !!python/object/apply:os.getcwd []\n", "grid.yml:1: not readable YAML"),
    ],
)
def test_what_cannot_be_run_is_refused_before_anything_is(desk, text, message, capsys):
    assert main(["grid", str(grid_of(desk, text))]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"toolkit: {message}")
    assert len(said.splitlines()) == 1
    assert sorted(path.name for path in desk.iterdir()) == ["grid.yml", "two.csv"]


@pytest.mark.parametrize("outlet", ["../../x", "..", "a\\\\..\\\\b", "/etc/passwd", "<script>", "ж" * 90, "\u202e???"])
def test_no_name_leads_out_of_the_folder(desk, outlet):
    text = f'reports: corpus\noutlets: ["{outlet}"]\nparameters: {{corpus: two.csv}}\n'
    name = names_of(desk, text)[0]
    assert Path(name).name == name
    assert not set(name) & set("/\\<>:\u202e") and ".." not in name and len(name.encode()) < 150


def test_a_grid_goes_on_past_a_failure_says_it_in_a_line_and_keeps_what_is_done(desk, capsys):
    path = grid_of(desk, "title: <b>Mine</b>\nreports: corpus\noutlets: [all, Nobody]\nparameters: {corpus: two.csv}\n")
    assert main(["grid", str(path)]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == "2 reports: 1 made, 0 kept, 1 failed"
    assert said.err.startswith("toolkit: corpus--nobody: no outlet 'Nobody' in this corpus. It has: Bay/Times;")
    out = desk / "grid-reports"
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;Mine&lt;/b&gt;" in index and "<b>Mine" not in index and str(desk) not in index
    assert 'href="corpus.html"' in index and 'href="corpus--nobody.html"' not in index
    before = everything(out)
    assert main(["grid", str(path)]) == 1
    assert capsys.readouterr().out.splitlines()[0] == "2 reports: 0 made, 1 kept, 1 failed"
    again = everything(out)
    assert [name for name in again if again[name] != before.get(name) and not name.endswith("ipynb")] == []


def test_an_outlet_without_articles_in_a_period_is_no_failure_and_a_grid_of_nothing_is(desk, capsys):
    text = "reports: corpus\noutlets: [Hill Courier, Bay/Times]\nperiods: [2022-01-01 to 2022-01-31]\nparameters: {corpus: two.csv}\n"
    assert main(["grid", str(grid_of(desk, text))]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "2 reports: 1 made, 0 kept, 1 empty, 0 failed"
    index = (desk / "grid-reports" / "index.html").read_text(encoding="utf-8")
    assert "What had no articles" in index and "no article is left between 2022-01-01 and 2022-01-31" in index
    assert main(["grid", str(grid_of(desk, text.replace("Hill Courier, ", "")))]) == 1
    assert capsys.readouterr().out.splitlines()[0] == "1 report: 0 made, 0 kept, 1 empty, 0 failed"


def test_a_change_of_input_parameter_or_report_is_noticed(desk):
    text = "reports: corpus\nparameters: {corpus: two.csv}\n"
    assert run_grid(load_grid(grid_of(desk, text)))["corpus"].status == MADE
    assert run_grid(load_grid(grid_of(desk, text)))["corpus"].status == KEPT
    page = desk / "grid-reports" / "corpus.html"
    page.write_text("edited", encoding="utf-8")
    assert run_grid(load_grid(grid_of(desk, text)))["corpus"].status == MADE
    (desk / "two.csv").write_text(f"{TWO}Hill Courier,2022-03-01,Snow,It snowed on the pier.\n", encoding="utf-8")
    grid = load_grid(grid_of(desk, text))
    assert run_grid(grid)["corpus"].status == MADE


def test_a_report_of_a_grid_is_that_of_the_command_byte_for_byte(desk):
    grid = load_grid(grid_of(desk, "reports: sentiment\nparameters: {corpus: two.csv}\n"))
    assert run_grid(grid)["sentiment"].status == MADE
    alone = make_report("sentiment", grid.runs[0].values, desk / "alone" / "sentiment.html")
    for suffix in (".html", ".results.json", ".manifest.json"):
        assert alone.with_suffix(suffix).read_bytes() == (grid.out / f"sentiment{suffix}").read_bytes()


def hanging(desk: Path) -> Path:
    """A study whose own notebook of one cell never ends."""
    (desk / "study.yml").write_text("reports: [wait]\ntimeout: 0.05\n", encoding="utf-8")
    (desk / "notebooks").mkdir()
    cell = '{{"cell_type": "code", "id": "{}", "metadata": {{"tags": [{}]}}, "outputs": [], "execution_count": null, "source": {}}}'
    cells = (
        cell.format("a", '"parameters"', '"seed: int = 1  # any"'),
        cell.format("b", "", '"import time; time.sleep(600)"'),
    )
    notebook = f'{{"cells": [{", ".join(cells)}], "metadata": {{"kernelspec": {{"name": "python3", "display_name": "", "language": "python"}}}}, "nbformat": 4, "nbformat_minor": 5}}'
    (desk / "notebooks" / "wait.ipynb").write_text(notebook, encoding="utf-8")
    return desk / "study.yml"


def test_a_notebook_that_hangs_is_stopped_in_time_with_a_clear_line(desk, monkeypatch):
    monkeypatch.chdir(desk)
    outcome = run_grid(load_grid(hanging(desk)))["wait"]
    assert outcome == (FAILED, "wait: stopped after 0.05 minutes. Raise timeout, or select less.")


def test_a_grid_that_is_killed_leaves_nothing_half_written_and_is_taken_up_again(desk):
    text = "reports: corpus\noutlets: [each]\nparameters: {corpus: two.csv}\n"
    whole = load_grid(grid_of(desk, text), desk / "whole")
    write_overview(whole, run_grid(whole))
    command = [sys.executable, "-m", "toolkit", "grid", str(desk / "grid.yml"), "--out", str(desk / "killed")]
    command += ["--workers", "1"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not list((desk / "killed").glob("*.html")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    time.sleep(1.5)  # for its reports to notice
    grid = load_grid(desk / "grid.yml", desk / "killed")
    outcomes = run_grid(grid)
    assert {outcome.status for outcome in outcomes.values()} <= {MADE, KEPT}
    write_overview(grid, outcomes)
    assert everything(desk / "killed") == everything(desk / "whole")


def test_a_full_disk_ends_in_a_line_and_nothing_half_written(desk):
    pytest.importorskip("resource")
    grid_of(desk, "reports: corpus\nparameters: {corpus: two.csv}\n")
    code = (  # no file may grow beyond this, as on a disk that is full
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); "
        "from toolkit.cli import main; sys.exit(main(['grid', 'grid.yml']))"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=desk, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "corpus: " in done.stderr and "File too large" in done.stderr
    assert not list((desk / "grid-reports").glob("corpus*.html"))


def test_two_grids_do_not_write_to_one_folder_at_a_time(desk):
    fcntl = pytest.importorskip("fcntl")
    grid = load_grid(grid_of(desk, "reports: corpus\nparameters: {corpus: two.csv}\n"))
    grid.out.mkdir()
    with (grid.out / ".grid.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ReportError, match="another grid is writing here. Wait for it, or use --out."):
            run_grid(grid)


def compared(*rows: tuple) -> pd.DataFrame:
    """Rows of (outlet, category, n, value) as a comparison of one report's first figure."""
    full = [
        (
            f"framing--{outlet}",
            "framing",
            outlet,
            "",
            "",
            1,
            "Shares",
            "all articles",
            category,
            n,
            value,
            value,
            value,
            "",
            category,
        )
        for outlet, category, n, value in rows
    ]
    return as_table(full, COMPARISON)


def test_outlets_stand_beside_each_other_what_differs_most_first():
    rows = [("A", "cost", 4, 0.5), ("A", "conflict", 4, 0.25), ("B", "cost", 2, 0.5), ("B", "conflict", 2, 1.0)]
    table = differ_by_outlet(compared(*rows))[("framing", "", "")]
    assert list(table.columns) == ["category", "A (n\u00a0=\u00a04)", "B (n\u00a0=\u00a02)", "points apart"]
    assert list(table["category"]) == ["conflict"]  # cost does not differ
    assert list(table["points apart"]) == ["75"]
    assert differ_by_outlet(compared(*rows[::2])) == {}


def test_changes_are_told_with_what_is_new_and_what_is_gone():
    before = compared(("A", "cost", 4, 0.5), ("A", "conflict", 4, 0.25), ("A", "old", 4, 0.1))
    now = compared(("A", "cost", 5, 0.8), ("A", "conflict", 4, 0.2501), ("A", "new", 5, 0.2))  # which rounds to 0
    changes = find_changes(before, now)
    assert list(changes["category"]) == ["cost", "old", "new"] or list(changes["category"]) == ["cost", "new", "old"]
    assert changes["difference"].round(2).tolist()[0] == 0.3
    assert changes.set_index("category").loc["new", ["then", "now"]].isna().tolist() == [True, False]
    assert changes.set_index("category").loc["old", ["then", "now"]].isna().tolist() == [False, True]


def test_what_changed_is_told_until_the_numbers_change_again(desk):
    text = "reports: corpus\nparameters: {corpus: two.csv}\n"

    def page() -> str:
        grid = load_grid(grid_of(desk, text))
        write_overview(grid, run_grid(grid))
        return (grid.out / "comparison.html").read_text(encoding="utf-8")

    assert "This is the first run" in page()
    (desk / "two.csv").write_text(f"{TWO}Hill Courier,2022-03-01,Snow,It snowed on the pier.\n", encoding="utf-8")
    changed = page()
    assert re.search(r"\b[1-9]\d* numbers changed, 0 are new, 0 are gone", changed)
    assert page() == changed


def test_a_grid_that_is_no_file_is_one_line(tmp_path):
    with pytest.raises(ToolkitError, match=r"nowhere.yml: cannot be read: No such file"):
        load_grid(tmp_path / "nowhere.yml")


def test_an_instrument_is_found_from_the_grid_and_a_changed_one_makes_the_report_anew(desk):
    (desk / "words.csv").write_text("term,score\nexpensive,-2\nrained,-1\n", encoding="utf-8")
    text = "reports: sentiment\nparameters: {corpus: two.csv, instrument: words.csv, beside: vader}\n"
    grid = load_grid(grid_of(desk, text))
    assert run_grid(grid)["sentiment"].status == MADE
    assert rerun_report(grid.out / "sentiment.manifest.json").same
    assert str(desk) not in (grid.out / "sentiment.manifest.json").read_text(encoding="utf-8")
    assert run_grid(load_grid(desk / "grid.yml"))["sentiment"].status == KEPT
    (desk / "words.csv").write_text("term,score\nexpensive,-1\nrained,1\n", encoding="utf-8")
    assert run_grid(load_grid(desk / "grid.yml"))["sentiment"].status == MADE


def test_an_instrument_that_is_nowhere_is_refused_before_anything_runs(desk):
    with pytest.raises(ToolkitError, match="nowhere.csv: no such file or folder"):
        load_grid(grid_of(desk, "reports: sentiment\nparameters: {corpus: two.csv, instrument: nowhere.csv}\n"))


def test_a_grid_of_all_reports_says_that_validation_is_left_out_where_nothing_was_coded(desk):
    grid = load_grid(grid_of(desk, "parameters: {corpus: two.csv}\n"))
    assert grid.left_out == ("validation",) and len(grid.runs) == 4
    assert load_grid(grid_of(desk, "reports: [all, validation]\nparameters: {corpus: two.csv}\n")).left_out == ()
