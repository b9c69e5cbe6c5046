"""Warm: papermill's engine for a process whose imports are done, where a kernel would begin with them anew.

A grid forks a process for each report from one that has imported everything; a notebook runs there as in a kernel, and
what it shows is the same.
"""

import sys
from pathlib import Path

from toolkit.imports import import_without_grammar

import_without_grammar("nbformat")  # before what imports it

import matplotlib.backends.backend_svg  # noqa: E402
import matplotlib.figure  # noqa: E402
import nbconvert.exporters  # noqa: E402
import papermill  # noqa: E402
from IPython.core.displayhook import DisplayHook  # noqa: E402
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell  # noqa: E402
from IPython.utils.capture import CapturedIO, capture_output  # noqa: E402
from nbformat.v4 import new_output  # noqa: E402
from papermill.engines import Engine, papermill_engines  # noqa: E402
from traitlets.config import Config  # noqa: E402

NAME = "warm"
WARMED = (papermill, nbconvert.exporters, matplotlib.figure, matplotlib.backends.backend_svg)


class _Hook(DisplayHook):
    """Keeps what the last line of a cell gives instead of printing it."""

    def write_output_prompt(self) -> None:
        self.shown: list[dict[str, object]] = []

    def write_format_data(self, format_dict: dict[str, object], md_dict: object = None) -> None:
        self.shown = [dict(format_dict)]


class WarmEngine(Engine):
    """Runs a notebook in this very process, which must run no other before or after it."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name: str, **_: object) -> None:
        sys.path.insert(0, str(Path.cwd()))  # as for a notebook in JupyterLab
        config = Config({"HistoryManager": {"enabled": False}})
        shell = InteractiveShell.instance(config=config, displayhook_class=_Hook)
        code = ((place, cell) for place, cell in enumerate(nb_man.nb.cells) if cell.cell_type == "code")
        for count, (place, cell) in enumerate(code, 1):
            nb_man.cell_start(cell, place)
            shell.displayhook.shown = []
            with capture_output() as captured:
                result = shell.run_cell(cell.source)
            cell.execution_count = count
            cell.outputs = _outputs(captured, result, shell.displayhook.shown)
            if not result.success:
                nb_man.cell_exception(cell, place)
                return
            nb_man.cell_complete(cell, place)


def _outputs(captured: CapturedIO, result: ExecutionResult, last: list[dict[str, object]]) -> list:
    streams = (("stdout", captured.stdout), ("stderr", captured.stderr))
    outputs = [new_output("stream", name=name, text=text) for name, text in streams if text and result.success]
    outputs += [new_output("display_data", data=rich.data or {}) for rich in captured.outputs]
    outputs += [new_output("display_data", data=data) for data in last]
    if error := result.error_before_exec or result.error_in_exec:
        outputs.append(new_output("error", ename=type(error).__name__, evalue=str(error), traceback=[]))
    return outputs


papermill_engines.register(NAME, WarmEngine)
