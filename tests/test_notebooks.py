"""Notebooks: the shape that lets people read them, and papermill and JupyterLab run them."""

import ast
from itertools import pairwise
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient import NotebookClient

from toolkit.paths import NOTEBOOKS

PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
REPORTS = [path for path in PATHS if path.stem != "explore"]  # which is for looking, and takes no parameters
COMMON = ["corpus", "columns", "outlet", "start", "end"]


def cells_of(path: Path) -> list:
    return nbformat.read(path, as_version=4).cells


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_outputs(path):
    code = [cell for cell in cells_of(path) if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_parameter_is_seen_by_papermill_with_its_type_and_help(path):
    cell = next(cell for cell in cells_of(path) if "parameters" in cell.metadata.get("tags", []))
    seen = papermill.inspect_notebook(str(path))
    assert list(seen)[:5] == COMMON
    assert list(seen) == [node.target.id for node in ast.parse(cell.source).body]
    assert all(
        entry["inferred_type_name"] in ("str", "int", "float", "bool") and entry["help"] for entry in seen.values()
    )


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_reads_prose_first_and_defines_nothing(path):
    cells = cells_of(path)
    assert cells[0].source.startswith("# ")
    assert sum("parameters" in cell.metadata.get("tags", []) for cell in cells) == (path in REPORTS)
    assert any(cell.source.startswith("## How far to trust this") for cell in cells)
    for before, cell in pairwise(cells):
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 10 or "parameters" in cell.metadata.get("tags", [])
            assert not any(
                isinstance(node, ast.FunctionDef | ast.ClassDef) for node in ast.walk(ast.parse(cell.source))
            )
            assert before.cell_type == "markdown" or before.source == "import toolkit as tk"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_runs_in_its_own_folder_as_jupyterlab_runs_it(path):
    if path not in REPORTS:
        pytest.importorskip("ipywidgets", reason="the extra lab is not installed")
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOKS)}}).execute()
    assert any(output.output_type == "execute_result" for cell in notebook.cells for output in cell.get("outputs", []))
