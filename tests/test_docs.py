"""The docs tell the truth: every command and example is run as it stands there."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import warnings
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import ROOT
from toolkit import load_corpus
from toolkit.cli import _parser, main

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
COMMANDS = [line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines() if line]


def blocks(kind: str) -> list[str]:
    return [block for name, block in BLOCKS if name == kind]


def sample_of(step: int) -> pd.DataFrame:
    """One in so many rows of the sample corpus, so that all its months are there."""
    return pd.read_csv(ROOT / "data" / "sample" / "articles.csv", dtype="str", keep_default_na=False).iloc[::step]


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """A folder with what a reader of the README has: own articles, a table, the codebook copied from it."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "my-articles").mkdir()
    page = next((ROOT / "data" / "sample" / "pages").glob("*.txt"))
    shutil.copy(page, folder / "my-articles" / "page.txt")
    sample_of(3).to_csv(folder / "my-articles" / "articles.csv", index=False)
    table = "medium_label,prose\nHill Courier,The pier is expensive. It rained.\n"
    (folder / "my-table.csv").write_text(table, encoding="utf-8")
    for name, block in zip(("rules.yml", "harbour.yml", "weekly.yml"), blocks("yaml"), strict=True):
        (folder / name).write_text(block, encoding="utf-8")
    return folder


def fill_in(sheets: Path) -> None:
    """Do what the README asks of a reader between two of its commands: write a judgement into every cell."""
    for path in sheets.glob("codings-*.csv"):
        sheet = pd.read_csv(path, dtype=str, keep_default_na=False)
        judged = sheet.columns.difference(["article_id", "title", "text", "note"])
        sheet.assign(**dict.fromkeys(judged, "1")).to_csv(path, index=False)


@pytest.mark.parametrize("command", [line for line in COMMANDS if line.startswith("toolkit ")])
def test_a_command_of_the_readme_does_what_it_says(command, desk, monkeypatch, capsys):
    monkeypatch.chdir(desk)
    if command.startswith("toolkit agree"):
        fill_in(desk / "coding")
    assert main(shlex.split(command)[1:]) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines() if line.endswith(".html")]
    assert all(path.is_file() for path in written)
    makes_a_page = (" report " in command and "--parameters" not in command) or command.startswith(
        ("toolkit sample", "toolkit grid")
    )
    assert bool(written) == makes_a_page


@pytest.mark.parametrize("command", [line for line in COMMANDS if line.startswith("make ")])
def test_a_make_target_of_the_readme_exists(command):
    subprocess.run(["make", "--dry-run", *shlex.split(command)[1:]], cwd=ROOT, check=True, capture_output=True)


def test_no_command_of_the_readme_goes_untested():
    known = ("toolkit ", "make ", "source .venv/bin/activate")
    assert [line for line in COMMANDS if not line.startswith(known)] == []


def test_make_report_prints_the_paths_of_the_reports():
    if not (ROOT / ".venv" / ".ready").exists():
        pytest.skip("there is no .venv made by make")
    done = subprocess.run(["make", "report"], cwd=ROOT, check=True, capture_output=True, text=True)
    written = [ROOT / line for line in done.stdout.splitlines() if line.endswith(".html")]
    assert [path.name for path in written] == [
        f"{name}.html" for name in ("corpus", "framing", "sentiment", "actors", "validation")
    ]
    assert all(path.is_file() for path in written)


def test_the_examples_in_python_run(desk, tmp_path):
    shutil.copytree(desk, tmp_path / "desk", ignore=shutil.ignore_patterns("coding"))
    ids = load_corpus(desk / "my-articles").articles["article_id"]
    sheet = "".join(f"{article_id},{number % 2}\n" for number, article_id in enumerate(ids))
    (tmp_path / "desk" / "coding").mkdir()
    (tmp_path / "desk" / "coding" / "codings-ana.csv").write_text(f"article_id,cost\n{sheet}")
    environment = os.environ | {"PYTHONWARNINGS": "error", "PYTHONPATH": str(ROOT)}
    each = "import sys\nfor block in sys.argv[1:]: exec(compile(block, 'README', 'exec'), {})"
    subprocess.run([sys.executable, "-c", each, *blocks("python")], check=True, cwd=tmp_path / "desk", env=environment)


@pytest.fixture
def background():
    """Starts what a page tells to start in the background, and ends it with the test."""
    started: list[subprocess.Popen] = []
    yield lambda words, env: started.append(
        subprocess.Popen(words, env=env, start_new_session=True, stderr=subprocess.DEVNULL)
    )
    for one in started:
        os.killpg(one.pid, signal.SIGTERM)
        one.wait(30)


def code_in(folder: Path) -> None:
    """Write 0 and 1 into the empty sheets of a folder, as coders would."""
    for path in folder.glob("codings-*.csv"):
        sheet = pd.read_csv(path, dtype="str", keep_default_na=False)
        codes = [str(number // 2 % 2) for number in range(len(sheet))]
        coded = dict.fromkeys(sheet.columns[3:-1], codes)  # between the text and the note
        sheet.assign(**coded).to_csv(path, index=False)


@pytest.mark.parametrize("name", ["notebooks/README.md", "notebooks/howto.md", "reports/README.md"])
def test_all_that_other_docs_tell_to_run_is_run_in_its_order(name, tmp_path, monkeypatch, background):
    if name == "notebooks/howto.md":
        pytest.importorskip("distributed", reason="the extra scale (Dask) is not installed")
    text = (ROOT / name).read_text(encoding="utf-8").replace("8786", str(free_port()))
    found = re.findall(r"^```(\w+)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    (tmp_path / "my-articles").mkdir()
    sample_of(7).to_csv(tmp_path / "my-articles" / "eight.csv", index=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    environment = os.environ | {"PYTHONWARNINGS": "error", "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"}
    for kind, block in found:
        if title := re.match(r"# ([\w-]+\.\w+)\n", block):
            Path(title[1]).write_text(block, encoding="utf-8")
        elif kind == "python":
            with warnings.catch_warnings(action="error"):
                exec(compile(block, name, "exec"), {})
        for command in block.splitlines() if kind == "sh" else ():
            words = shlex.split(command)
            if words[0] == "cd":
                monkeypatch.chdir(words[1])
            elif words[0] == "dask" and words[-1] == "&":
                background([sys.executable, "-m", *words[:-1]], environment | {"PYTHONWARNINGS": ""})
            else:
                assert words[0] == "toolkit" and main(words[1:]) == 0, command
            if words[1] == "sample":
                code_in(Path("coding"))


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_every_command_has_help_and_is_in_the_readme():
    # Listed by the parser itself, so that a new command cannot be forgotten.
    commands = next(action for action in _parser()._actions if action.choices).choices
    assert {"check", "clean", "convert", "codebook", "report"} <= set(commands)
    for command in ([name, "check"] if name == "codebook" else [name] for name in commands):
        with pytest.raises(SystemExit) as stop:
            main([*command, "--help"])
        assert stop.value.code == 0
        assert f"toolkit {' '.join(command)} " in README


def sections_of(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-")) for heading in headings}


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "data/README.md",
        "notebooks/README.md",
        "notebooks/howto.md",
        "reports/README.md",
    ],
)
def test_every_link_and_path_of_the_docs_leads_somewhere(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        place, _, section = target.partition("#")
        if place.startswith("https:"):  # not asked: a test runs without a connection
            continue
        page = (ROOT / name).parent / place if place else ROOT / name
        assert page.exists(), target
        assert not section or section in sections_of(page), target
    for path in re.findall(r"`((?:data|toolkit|tests|notebooks|reports)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path
