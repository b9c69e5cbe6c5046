"""Reports: a notebook and parameters -> one self-contained HTML file, with what it was made of and what it says.

papermill runs the notebook, nbconvert renders it with the template in templates/report. Both happen in a folder of
their own; the report replaces an older one only when it is complete.
"""

import json
import shutil
import tempfile
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from toolkit import errors
from toolkit.errors import EmptyReportError, NoArticleError, ReportError
from toolkit.instruments import is_file
from toolkit.manifest import describe_input, digest_of, digest_of_code, versions
from toolkit.parameters import INSTRUMENTS, PATH_LISTS, PATHS, check_values, parts_of
from toolkit.paths import find_notebooks
from toolkit.printed import load_printer, pdf_of

CELL_TIMEOUT = 3600  # seconds
MANIFEST, RESULTS, PDF = ".manifest.json", ".results.json", ".pdf"  # what ends the names of files beside a report
HASHES = {".html": "report SHA-256", RESULTS: "results SHA-256", PDF: "PDF SHA-256"}


def render_report(name: str, out: str | Path, pdf: bool = False, **parameters: object) -> Path:
    """Render one notebook with parameters to HTML, and with `pdf` to PDF beside it; return the path of the HTML.

    `out` is a folder, or a file ending in .html. Beside it stand NAME.manifest.json, what the report was made of, and
    NAME.results.json, what it says. Raises ReportError for an unknown notebook or parameter, and where the notebook
    fails: then an older report stays as it is and NAME.failed.ipynb beside it holds the failed run.
    """
    target = Path(out) if str(out).endswith(".html") else Path(out) / f"{name}.html"
    return make_report(name, check_values(name, parameters), target, pdf=pdf)


def make_report(
    name: str, values: Mapping[str, object], target: Path, engine: str | None = None, pdf: bool = False
) -> Path:
    """Render a notebook with parameters that were checked, by an engine of papermill; as `render_report` else."""
    if pdf:
        load_printer()  # before the work is done, not after
    failed = beside(target, ".failed.ipynb")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made_of = describe_report(name, values, target.parent)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".rendering-") as folder:
            notebook = _run(name, values, Path(folder) / f"{name}.ipynb", failed, engine)
            _write(name, notebook, made_of, Path(folder), target, pdf)
    except OSError as error:
        raise ReportError(f"{target}: cannot be written: {error.strerror or error}.") from None
    failed.unlink(missing_ok=True)
    return target


def _write(name: str, notebook, made_of: dict[str, object], folder: Path, target: Path, pdf: bool) -> None:
    """Put a report and what belongs to it in place, the manifest last: where it is right all of them are."""
    from toolkit.rendered import page_of, results_of

    page = page_of(name, notebook)
    contents = {target: page.encode("utf-8"), beside(target, RESULTS): _json(results_of(notebook))}
    if pdf:
        contents[beside(target, PDF)] = pdf_of(page)
    else:
        _remove_outdated_pdf(target)
    hashes = {HASHES[suffix]: sha256(contents[place]).hexdigest() for suffix, place in _places(target, pdf)}
    contents[beside(target, MANIFEST)] = _json(made_of | hashes)
    for place, content in contents.items():
        (folder / place.name).write_bytes(content)
    for place in contents:
        (folder / place.name).replace(place)


def _remove_outdated_pdf(target: Path) -> None:
    """Remove the PDF of the report that is replaced, where it is the one that was made with it."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        if hashes_of(target, pdf=True)[HASHES[PDF]] == json.loads(beside(target, MANIFEST).read_bytes())[HASHES[PDF]]:
            beside(target, PDF).unlink()


def _places(target: Path, pdf: bool) -> list[tuple[str, Path]]:
    """Return the files that make a report, by the ends of their names."""
    return [(suffix, beside(target, suffix)) for suffix in HASHES if pdf or suffix != PDF]


def hashes_of(target: Path, pdf: bool) -> dict[str, str]:
    """Return the SHA-256 of the files that make a report, by what its manifest calls them."""
    return {HASHES[suffix]: sha256(place.read_bytes()).hexdigest() for suffix, place in _places(target, pdf)}


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def beside(target: Path, suffix: str) -> Path:
    """Return the path of what belongs to a report: NAME.manifest.json, NAME.results.json, NAME.pdf ..."""
    return target.with_name(target.stem + suffix)


def describe_report(
    name: str, values: Mapping[str, object], folder: Path, digest: Callable[[str | Path], str] = digest_of
) -> dict[str, object]:
    """Return what a report is made of: parameters, inputs with their SHA-256, code, notebook, versions.

    Paths are as seen from `folder`, so that a study can be moved as a whole.
    """
    values = {key: value for key, value in values.items() if key != "corpus" or not values.get("tables")}
    files = {key: str(values[key]) for key in PATHS if values.get(key)}
    lists = {key: parts_of(values[key]) for key in (*PATH_LISTS, *INSTRUMENTS) if values.get(key)}
    named = [(key, place, part) for key, parts in lists.items() for place, part in enumerate(parts, 1)]
    files |= {f"{key} {place}": part for key, place, part in named if key in PATH_LISTS or is_file(part)}
    inputs = {key: describe_input(path, folder, digest) for key, path in files.items()}
    # An instrument that is no file has its place among those that are.
    told = {
        key: "; ".join(Path(part).name if is_file(part) else part for part in lists[key])
        for key in INSTRUMENTS
        if key in lists
    }
    taken = {key: value for key, value in values.items() if key not in files and key not in PATH_LISTS}
    return {
        "report": name,
        "parameters": taken | told,
        "inputs": inputs,
        "notebook SHA-256": digest(find_notebooks()[name]),
        "code SHA-256": digest_of_code(),
        "versions": versions(),
    }


def _run(name: str, parameters: Mapping[str, object], output: Path, failed: Path, engine: str | None):
    from papermill.exceptions import PapermillExecutionError

    try:
        return _execute(name, parameters, output, engine)
    except PapermillExecutionError as error:
        message = " ".join(str(error.evalue).split())
        if _is_ours(error):  # it says what to mend, and there is nothing to look for
            empty = error.ename == NoArticleError.__name__
            raise (EmptyReportError if empty else ReportError)(f"{name}: {message}") from None
        shutil.move(output, failed)
        told = f"{error.ename}: {message} (in cell {error.exec_count})."
        raise ReportError(f"{name}: {told} The failed run is kept in {failed}.") from None
    except (RuntimeError, TimeoutError) as error:
        if output.exists():
            shutil.move(output, failed)
        raise ReportError(f"{name}: the notebook did not finish: {' '.join(str(error).split())[:200]}.") from None


def _execute(name: str, parameters: Mapping[str, object], output: Path, engine: str | None, again: bool = True):
    import logging

    from papermill import execute_notebook
    from traitlets.config import Config

    path = find_notebooks()[name]
    logging.getLogger("papermill").setLevel(logging.ERROR)
    # Without this, newer kernels warn on every run that their sockets are not encrypted.
    config = Config({"KernelManager": {"transport_encryption": "auto"}})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return execute_notebook(
                *(str(path), str(output), dict(parameters)),
                engine_name=engine,
                kernel_name="python3",
                cwd=str(path.parent),
                progress_bar=False,
                request_save_on_cell_execute=False,  # else all of it is written twice a cell
                execution_timeout=CELL_TIMEOUT,
                extra_arguments=["--log-level=CRITICAL"],  # kernels complain of being stopped
                config=config,
            )
    except RuntimeError as error:
        # Kernels that start at the same moment can be given one port; the one that loses has run nothing yet.
        if again and "before replying" in str(error):
            return _execute(name, parameters, output, engine, again=False)
        raise


def _is_ours(error) -> bool:
    return error.ename in {kind.__name__ for kind in vars(errors).values() if isinstance(kind, type)}
