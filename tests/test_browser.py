"""In a real browser: no serious fault, error or request at two widths; JupyterLab runs all notebooks from its menu.

Slow, and in need of what users never need, so it is run by `make browser` alone: Chromium, the package playwright, and
axe-core from npm (npm install axe-core), whose axe.min.js AXE names.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif("BROWSER" not in os.environ, reason="run by make browser")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(os.environ.get("AXE", "node_modules/axe-core/axe.min.js"))
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
WIDTHS = (1280, 390)
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM:
        pytest.skip("there is no Chromium")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> list[Path]:
    from toolkit import load_grid, run_grid, write_overview

    folder = tmp_path_factory.mktemp("browser")
    (folder / "grid.yml").write_text(
        "reports: [corpus, framing, sentiment, actors, validation]\noutlets: [all, Donaublick, Baltic Lantern]\n"
    )
    grid = load_grid(folder / "grid.yml")
    write_overview(grid, run_grid(grid))
    names = ["index", "comparison", *(run.name for run in grid.runs if not run.outlet)]
    return [grid.out / f"{name}.html" for name in names]


def test_no_page_has_a_serious_fault_an_error_or_a_request_at_two_widths(browser, pages):
    if not AXE.exists():
        pytest.skip(f"there is no {AXE}: npm install axe-core")
    assert [fault for path in pages for width in WIDTHS for fault in faults_of(browser, path, width)] == []


def faults_of(browser, path: Path, width: int) -> list[str]:
    """Return what is wrong with a page at a width: errors, requests, spilling over, and what axe takes for serious."""
    faults: list[str] = []
    asked: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    if asked != [path.as_uri()]:
        faults.append(f"asks for {asked}")
    if page.evaluate("document.documentElement.scrollWidth") > width:
        faults.append("spills over its sides")
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run()")["violations"]
    page.close()
    faults += [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in SERIOUS]
    return [f"{path.name} at {width}: {fault}" for fault in faults]


def test_no_figure_is_split_between_two_sheets_of_paper(browser, pages):
    page = browser.new_page(viewport={"width": 672, "height": 980})  # A4 without its margins
    for path in pages:
        page.goto(path.as_uri())
        page.emulate_media(media="print")
        heights = page.evaluate(
            "[...document.querySelectorAll('figure.plot')].map(one => one.getBoundingClientRect().height)"
        )
        rules = page.evaluate(
            "[...document.querySelectorAll('figure.plot')].map(one => getComputedStyle(one).breakInside)"
        )
        assert set(rules) <= {"avoid"}
        assert all(height < 980 for height in heights), path.name
    page.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab over a copy of the notebooks: the address under which it opens one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("lab") / "notebooks"
    shutil.copytree(ROOT / "notebooks", folder)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"]
    command += ["--IdentityProvider.token=", f"--ServerApp.root_dir={folder}", "--LabApp.news_url=None"]
    command += ["--expose-app-in-browser"]  # so that a test can ask what became of cells that are not in sight
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    yield f"http://127.0.0.1:{port}/lab/tree"
    server.terminate()
    server.wait(30)


NOTEBOOK = "const notebook = jupyterapp.shell.currentWidget;"
CODE = f"{NOTEBOOK} const code = [...notebook.content.model.cells].filter(cell => cell.type === 'code');"
ERRORS = "code.flatMap(cell => cell.outputs.toJSON().filter(one => one.output_type === 'error').map(one => one.evalue))"
DONE = (
    f"() => {{ {CODE} return notebook.sessionContext.session.kernel.status === 'idle'"
    f" && ({ERRORS}.length > 0 || code.every(cell => cell.executionCount)); }}"
)


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb")))
def test_jupyterlab_runs_every_notebook_from_its_menu_without_an_error(browser, lab, name):
    if name == "explore":
        pytest.importorskip("ipywidgets", reason="the extra lab is not installed")
    page = _run_all(browser, f"{lab}/{name}.ipynb?reset")
    page.wait_for_function(DONE, timeout=600_000)
    assert page.evaluate(f"() => {{ {CODE} return {ERRORS}; }}") == []
    assert page.evaluate(f"() => {{ {CODE} return code.filter(cell => cell.outputs.length).length; }}") > 0
    page.evaluate(f"() => {{ {NOTEBOOK} return notebook.sessionContext.shutdown(); }}")
    page.close()


def test_explore_is_operated_in_jupyterlab(browser, lab):
    pytest.importorskip("ipywidgets", reason="the extra lab is not installed")
    page = _run_all(browser, f"{lab}/explore.ipynb?reset")
    outlet = page.locator(".jp-OutputArea select").first
    outlet.wait_for(timeout=120_000)
    before = page.locator(".evidence").first.inner_text(timeout=60_000)
    outlet.select_option(label="Donaublick")
    page.wait_for_function("before => document.querySelector('.evidence').innerText !== before", arg=before)
    sources = page.locator(".evidence footer").all_inner_texts()
    assert sources and all(source.startswith("Donaublick") for source in sources)
    assert page.locator("article.article").count() == 1
    page.close()


def _run_all(browser, address: str):
    """Open a notebook and run it from the menu; return the page."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    for _ in range(60):
        try:
            page.goto(address)
            break
        except Exception:  # the server has not begun to listen
            time.sleep(1)
    page.get_by_text(re.compile("Python 3.*Idle")).wait_for(timeout=300_000)  # before that it runs nothing
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells")).click()
    return page
