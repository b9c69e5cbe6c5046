"""Reports: rendered for real, read as their reader and their attacker would."""

import csv
import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from toolkit import ReportError, render_report, render_reports
from toolkit.parameters import report_names
from toolkit.rendered import HELD, check_self_contained

HOSTILE = "<script>alert(1)</script> & \"$x$\" 'y'"
LINK = '<a href="https://e.example">'
SPEAKS_OF_LINKS = 'NATO said: see src=https://x.example/a and href="//y" for the war.'
NAMES = ["actors", "corpus", "framing", "sentiment", "validation"]


def hostile_corpus(folder: Path) -> Path:
    """Twelve articles of two outlets whose every field tries to break out, or speaks of links."""
    rows = [
        {
            "id": f"{HOSTILE}{number}",
            "outlet": [HOSTILE, LINK][number % 2],
            "published": "2022-01-12",
            "title": HOSTILE,
            "section": HOSTILE,
            "tags": HOSTILE,
            "text": f"{HOSTILE} The terrible war over costs divides both sides of NATO. <img src=x onerror=alert(1)> {SPEAKS_OF_LINKS}",
        }
        for number in range(12)
    ]
    path = folder / "hostile.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


class Page(HTMLParser):
    """The tags of a page and what they point to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.handlers: list[str] = []
        self.alts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("src", "href", "xlink:href", "action")]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.alts += [value for name, value in attrs if tag == "svg" and name == "aria-label"]


@pytest.fixture(scope="module")
def sample_reports(tmp_path_factory) -> dict[str, Path]:
    return render_reports(NAMES, tmp_path_factory.mktemp("sample"), {})


@pytest.fixture(scope="module")
def hostile_reports(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    return render_reports(NAMES, folder / "out", {"corpus": str(hostile_corpus(folder))})


@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_self_contained(sample_reports, name):
    html = sample_reports[name].read_text(encoding="utf-8")
    page = Page(html)
    assert "script" not in page.tags
    assert all(link.startswith(("#", HELD)) for link in page.links)
    assert "http" not in re.sub(r"doi \S+", "", html)
    assert len(html) < 250_000


def test_text_that_speaks_of_links_is_no_link():
    check_self_contained("corpus", '<svg aria-label="url(https://hill.example)"></svg><p>url(https://hill.example)</p>')
    for page in (
        '<svg style="fill: url(https://hill.example)"></svg>',
        '<a href="https://hill.example">x</a>',
        '<a href="data:text/html;base64,PGI+">x</a>',
        '<img src="data:text/csv;base64,eA==">',
        "<script>",
    ):
        with pytest.raises(ReportError, match="must hold no script and no link"):
            check_self_contained("corpus", page)


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_stays_text(hostile_reports, name):
    html = hostile_reports[name].read_text(encoding="utf-8")
    page = Page(html)
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert page.handlers == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize("name", NAMES)
def test_a_report_tells_its_reader_what_it_rests_on(sample_reports, name):
    html = sample_reports[name].read_text(encoding="utf-8")
    for promise in (
        "NOT VALIDATED",
        "63",
        "Key findings",
        "What was read, and what was not",
        "How far to trust this",
        "SHA-256",
    ):
        assert promise in html
    assert all(alt.strip() for alt in Page(html).alts)
    if name not in ("corpus", "validation"):
        assert "95% interval" in html
        assert "<mark>" in html


@pytest.mark.parametrize("name", NAMES)
def test_a_report_can_be_walked_by_keyboard_and_screen_reader(sample_reports, name):
    html = sample_reports[name].read_text(encoding="utf-8")
    page = Page(html)
    assert '<html lang="en">' in html
    assert page.tags.count("h1") == 1
    assert page.tags.count("main") == 1
    assert html.count("<th") - html.count("<thead") == html.count(' scope="col"')
    assert page.tags.count("svg") == len(page.alts)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<a href="#([^"]+)"', html)) <= set(ids)


@pytest.mark.parametrize("name", NAMES)
def test_a_report_has_a_list_of_its_sections_for_wide_and_for_narrow_pages(sample_reports, name):
    html = sample_reports[name].read_text(encoding="utf-8")
    sections = re.findall(r'<h2 id="([^"]+)">', html)
    for kind in ("nav", "details"):
        contents = re.search(rf'<{kind} class="contents".*?</{kind}>', html, re.DOTALL)[0]
        assert re.findall(r'href="#([^"]+)"', contents) == sections
    assert len(sections) > 4


def test_the_same_input_gives_the_same_bytes_under_any_name_asked_for(sample_reports, tmp_path):
    again = render_report("framing", tmp_path / "new folder" / "my report.html")
    assert again == tmp_path / "new folder" / "my report.html"
    assert again.read_bytes() == sample_reports["framing"].read_bytes()


def test_the_page_of_one_article_claims_no_interval(tmp_path):
    (tmp_path / "one.csv").write_text("title,text\nOne,The war costs both sides dearly. It ends.\n", encoding="utf-8")
    results = render_reports(["framing", "sentiment"], tmp_path, {"corpus": str(tmp_path / "one.csv")})
    for name in results:
        html = results[name].read_text(encoding="utf-8")
        assert re.search(r"n = 1(?: article)?, no interval", html)
        assert "intervals do not overlap" not in html


def test_a_misspelt_parameter_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(
        ReportError,
        match="framing has no parameter 'outlets'. Did you mean outlet. It takes: corpus, columns, outlet, start",
    ):
        render_report("framing", tmp_path, outlets="x")
    assert list(tmp_path.iterdir()) == []


def test_a_parameter_of_the_wrong_type_is_refused(tmp_path):
    with pytest.raises(ReportError, match="framing: seed must be of type int, not 'soon'"):
        render_report("framing", tmp_path, seed="soon")


def test_an_unknown_report_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(
        ReportError,
        match="no report 'farming'. Did you mean framing. There are: actors, corpus, framing, sentiment, validation",
    ):
        render_report("farming", tmp_path)


def test_a_selection_is_told_from_the_whole(tmp_path):
    made = render_reports(["corpus"], tmp_path, {"start": "2022-02-01", "outlet": "donaublick"})
    html = made["corpus"].read_text(encoding="utf-8")
    assert "2 selected of 63" in html
    assert "2 articles of 1 outlet, 2022-02-08 to 2022-02-20" in html


def test_text_that_speaks_of_links_does_not_forbid_its_report(hostile_reports):
    assert all(isinstance(result, Path) for result in hostile_reports.values()), hostile_reports


@pytest.mark.parametrize(("key", "value"), [("at_least", 0), ("evidence", -1), ("seed", -1)])
def test_a_parameter_out_of_range_is_refused(tmp_path, key, value):
    with pytest.raises(ReportError, match=f"framing: {key} must be {int(key == 'at_least')} or more, not {value}"):
        render_report("framing", tmp_path, **{key: value})


def test_a_mistake_in_parameters_leaves_the_old_report_and_nothing_else(tmp_path):
    old = tmp_path / "framing.html"
    old.write_text("old", encoding="utf-8")
    with pytest.raises(ReportError) as error:
        render_report("framing", tmp_path, outlet="Nobody")
    assert str(error.value).startswith("framing: no outlet 'Nobody' in this corpus. It has: Baltic Lantern;")
    assert "\n" not in str(error.value)
    assert old.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["framing.html"]


def test_a_notebook_that_fails_leaves_the_old_report_and_the_failed_run_which_is_named_with_its_folder(
    tmp_path, monkeypatch
):
    (tmp_path / "study.yml").write_text("title: x\n")
    (tmp_path / "notebooks").mkdir()
    cells = [new_code_cell("at: int = 1", metadata={"tags": ["parameters"]}), new_code_cell("1 / 0")]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), tmp_path / "notebooks" / "mine.ipynb")
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.html").write_text("old", encoding="utf-8")
    error = render_reports(["mine"], out, {})["mine"]
    told = f"mine: ZeroDivisionError: division by zero (in cell 3). The failed run is kept in {out}/mine.failed.ipynb."
    assert str(error) == told
    failed = nbformat.read(out / "mine.failed.ipynb", as_version=4)
    assert any(output.output_type == "error" for cell in failed.cells for output in cell.get("outputs", []))
    assert (out / "mine.html").read_text(encoding="utf-8") == "old"


def test_every_notebook_with_parameters_is_a_report():
    assert report_names() == NAMES


@pytest.mark.parametrize(("deaths", "rendered"), [(1, True), (2, False)])
def test_a_kernel_that_dies_before_it_ran_anything_is_started_once_more(tmp_path, monkeypatch, deaths, rendered):
    import papermill

    execute, calls = papermill.execute_notebook, []

    def dying(*arguments, **options):
        calls.append(1)
        if len(calls) <= deaths:
            raise RuntimeError("Kernel died before replying to kernel_info")
        return execute(*arguments, **options)

    monkeypatch.setattr(papermill, "execute_notebook", dying)
    if rendered:
        assert render_report("corpus", tmp_path).is_file()
    else:
        with pytest.raises(ReportError, match="corpus: the notebook did not finish: Kernel died"):
            render_report("corpus", tmp_path)
    assert len(calls) == 2
