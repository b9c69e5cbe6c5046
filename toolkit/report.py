"""Reports: a notebook and parameters -> one self-contained HTML file.

papermill runs the notebook, nbconvert renders it with the template in templates/report. Both happen in a folder of
their own; the report replaces an older one only when it is complete.
"""

import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from html.parser import HTMLParser
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

from toolkit.errors import ReportError, ToolkitError
from toolkit.paths import NOTEBOOKS, TEMPLATES, resolve

CELL_TIMEOUT = 3600  # seconds
ACTIVE = {"script", "iframe", "object", "embed", "link", "form", "img", "video", "audio", "base"}
POINTING = {"src", "srcset", "href", "xlink:href", "action", "data", "background"}
HEADING = re.compile(r"<h2>([^<]*)</h2>")
SPOKEN = {"alt", "aria-label", "title"}  # what an attribute of these says is text
PATHS = ("corpus", "codebook", "actors", "rules", "codings")  # parameters that name files
LEAST = {"at_least": 1, "top": 1}
TYPES = {"int": int, "float": float, "str": str}
GRAMMAR = "rfc3987_syntax"  # of web addresses


def report_names() -> list[str]:
    """Return the notebooks that take parameters and so can be rendered."""
    return sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb") if '"parameters"' in path.read_text(encoding="utf-8"))


def render_report(name: str, out: str | Path, **parameters: object) -> Path:
    """Render one notebook with parameters to HTML and return the file's path.

    `out` is a folder, or a file ending in .html. Raises ReportError for an unknown notebook or parameter, and where the
    notebook fails: then an older report stays as it is and NAME.failed.ipynb beside it holds the failed run.
    """
    known = _known_parameters(name)
    values = {key: _value(name, key, value, known) for key, value in parameters.items()}
    target = Path(out) if str(out).endswith(".html") else Path(out) / f"{name}.html"
    failed = target.with_name(f"{target.stem}.failed.ipynb")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".rendering-") as folder:
            notebook = _run(name, values, Path(folder) / f"{name}.ipynb", failed)
            page = Path(folder) / target.name
            page.write_text(_to_html(name, notebook), encoding="utf-8")
            page.replace(target)
    except OSError as error:
        raise ReportError(f"{target}: cannot be written: {error.strerror or error}.") from None
    failed.unlink(missing_ok=True)
    return target


def render_reports(
    names: Iterable[str], out: str | Path, parameters: Mapping[str, object]
) -> dict[str, Path | ToolkitError]:
    """Render several notebooks side by side; return for each its path, or the error it ended with."""
    names = list(names)
    results: dict[str, Path | ToolkitError] = {}
    # Spawned, not forked: kernels and the threads that speak to them do not survive a fork.
    with ProcessPoolExecutor(min(len(names), os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        running = {pool.submit(render_report, name, out, **_taken_by(name, parameters)): name for name in names}
        for done in tqdm(
            as_completed(running), "rendering", total=len(names), unit="report", leave=False, disable=None
        ):
            try:
                results[running[done]] = done.result()
            except ToolkitError as error:
                results[running[done]] = error
            except Exception as error:  # one report that breaks down must not take the others along
                results[running[done]] = ReportError(f"{running[done]}: {type(error).__name__}: {error}.")
    return {name: results[name] for name in names}


def check_parameters(names: Iterable[str], parameters: Iterable[str]) -> None:
    """Raise ReportError for a parameter that none of the notebooks takes, naming those they take."""
    known = {key for name in names for key in _known_parameters(name)}
    for key in parameters:
        if key not in known:
            raise ReportError(f"no report has a parameter {key!r}. They take: {', '.join(sorted(known))}.")


def describe_parameters(name: str) -> list[tuple[str, str, str]]:
    """Return (name, default, meaning) of each parameter of a notebook."""
    return [(key, entry["default"], entry["help"]) for key, entry in _known_parameters(name).items()]


def _taken_by(name: str, parameters: Mapping[str, object]) -> dict[str, object]:
    known = _known_parameters(name)
    return {key: value for key, value in parameters.items() if key in known}


def _known_parameters(name: str) -> dict[str, dict]:
    """Return what papermill finds in the cell tagged parameters; papermill itself only warns of unknown ones."""
    if name not in report_names():
        raise ReportError(f"no report {name!r}. There are: {', '.join(report_names())}.")
    _import_without_grammar("nbformat")
    from papermill.inspection import inspect_notebook

    return inspect_notebook(str(NOTEBOOKS / f"{name}.ipynb"))


def _import_without_grammar(package: str) -> None:
    """Import what checks notebooks by JSON Schema, which builds a grammar for a check no notebook asks for.

    That takes longer than all other imports together. While it cannot be found, jsonschema does without.
    """
    if GRAMMAR in sys.modules or "jsonschema" in sys.modules:
        return
    sys.modules[GRAMMAR] = None
    try:
        import_module(package)
    finally:
        del sys.modules[GRAMMAR]


def _value(name: str, key: str, value: object, known: Mapping[str, dict]) -> object:
    """Return a parameter in the type the notebook declares, and a path as one that holds from anywhere."""
    if key not in known:
        raise ReportError(f"{name} has no parameter {key!r}. It takes: {', '.join(known)}.")
    wanted = known[key]["inferred_type_name"]
    if wanted == "bool":
        if str(value).lower() not in ("true", "false"):
            raise ReportError(f"{name}: {key} must be true or false, not {value!r}.")
        return str(value).lower() == "true"
    try:
        typed = TYPES.get(wanted, str)(value)
    except (TypeError, ValueError):
        raise ReportError(f"{name}: {key} must be of type {wanted}, not {value!r}.") from None
    if wanted == "int" and typed < LEAST.get(key, 0):
        raise ReportError(f"{name}: {key} must be {LEAST.get(key, 0)} or more, not {typed}.")
    return str(resolve(typed).resolve()) if key in PATHS and typed else typed


def _run(name: str, parameters: Mapping[str, object], output: Path, failed: Path):
    from papermill.exceptions import PapermillExecutionError

    try:
        return _execute(name, parameters, output)
    except PapermillExecutionError as error:
        shutil.move(output, failed)
        raise ReportError(f"{name}: {_one_line(error)} The failed run is kept in {failed}.") from None
    except (RuntimeError, TimeoutError) as error:
        if output.exists():
            shutil.move(output, failed)
        raise ReportError(f"{name}: the notebook did not finish: {' '.join(str(error).split())[:200]}.") from None


def _execute(name: str, parameters: Mapping[str, object], output: Path, again: bool = True):
    import logging

    from papermill import execute_notebook
    from traitlets.config import Config

    logging.getLogger("papermill").setLevel(logging.ERROR)
    # Without this, newer kernels warn on every run that their sockets are not encrypted.
    config = Config({"KernelManager": {"transport_encryption": "auto"}})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return execute_notebook(
                *(str(NOTEBOOKS / f"{name}.ipynb"), str(output), dict(parameters)),
                kernel_name="python3",
                cwd=str(NOTEBOOKS),
                progress_bar=False,
                request_save_on_cell_execute=False,  # else all of it is written twice a cell
                execution_timeout=CELL_TIMEOUT,
                extra_arguments=["--log-level=CRITICAL"],  # kernels complain of being stopped
                config=config,
            )
    except RuntimeError as error:
        # Kernels that start at the same moment can be given one port; the one that loses has run nothing yet.
        if again and "before replying" in str(error):
            return _execute(name, parameters, output, again=False)
        raise


def _one_line(error) -> str:
    """Return what failed: our own errors by their message alone, others with their kind."""
    message = " ".join(str(error.evalue).split())
    ours = error.ename in {kind.__name__ for kind in (ToolkitError, *ToolkitError.__subclasses__())}
    return message if ours else f"{error.ename}: {message} (in cell {error.exec_count})."


def _to_html(name: str, notebook) -> str:
    from nbconvert.exporters import HTMLExporter
    from traitlets.config import Config

    from toolkit.show import heading_id

    config = Config({"TagRemovePreprocessor": {"remove_cell_tags": ["hide"]}})
    options = {"template_name": "report", "extra_template_basedirs": [str(TEMPLATES)], "exclude_anchor_links": True}
    exporter = HTMLExporter(config=config, **options)
    html, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": name}})
    html = HEADING.sub(
        lambda heading: f'<h2 id="{heading_id(heading[1])}">{heading[1]}</h2>', re.sub(r"\n\s*\n+", "\n", html)
    )
    _check_self_contained(name, html)
    return html


def _check_self_contained(name: str, html: str) -> None:
    """Raise ReportError if a page would run or fetch anything; text that only speaks of it is harmless."""

    class Checker(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            points = [value for key, value in attrs if key in POINTING and not (value or "").startswith("#")]
            runs = [key for key, value in attrs if key.startswith("on")]
            runs += [key for key, value in attrs if key not in SPOKEN and "url(http" in (value or "")]
            if tag in ACTIVE or points or runs:
                raise ReportError(
                    f"{name}: the notebook puts <{tag}> into its report, which must hold no script and no link."
                )

    Checker().feed(html)
