"""The project keeps its own laws: layers, names, versions, and what may not be in it."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import toolkit
from tests.conftest import ROOT

# Each module imports only from rows above its own; analyses never import each other.
LAYERS = [
    ["errors", "progress", "printable", "vader", "imports", "memo", "memory"],
    ["paths", "books", "scorer", "layers"],
    ["tables", "files", "cells", "units", "columns"],
    ["exports", "layout", "terms", "zones", "months", "intervals", "shingles"],
    ["changes", "punkt", "spellings", "ways", "extents", "sweep"],
    ["dates"],
    ["sentences", "names", "outlets", "languages", "ledger", "readers.page_cues", "readers.decoding"],
    ["roles", "namesakes", "sheet_books", "proper_names", "name_kinds", "titles"],
    ["entities", "same_names"],
    ["suggestions"],
    ["readers.page_looks"],
    ["cues", "tokens", "speech_marks"],
    ["phrases", "people"],
    ["speakers", "cue_forms", "circumstances"],
    ["complements"],
    ["told"],
    ["reported"],
    [
        "attribution",
        "codebooks",
        "lexicons",
        "masking",
        "clauses",
        "fired",
        "store",
        "models",
        "readers",
        "readers.page_lines",
    ],
    ["readers.markup", "readers.word", "readers.mail", "instruments"],
    ["registry"],
    ["suggestion_book"],
    [
        "target_models",
        "mapping",
        "readers.export_units",
        "readers.page_headline",
        "readers.page_shared",
        "readers.page_dates",
    ],
    ["readers.nexis_labels", "readers.page_labels", "readers.html_dates"],
    ["readers.page_outlet", "readers.page_rules"],
    ["readers.page_text"],
    ["readers.nexis", "readers.nexis_uni", "readers.factiva", "readers.proquest", "readers.europresse", "readers.apa"],
    ["readers.archives"],
    ["readers.rows", "readers.gdelt", "readers.json_ld", "readers.feeds", "readers.sheet_cells"],
    ["readers.delimited", "readers.json_records", "readers.page_fields", "readers.html_metadata"],
    ["readers.parquet", "readers.excel", "readers.sqlite", "readers.documents", "readers.html"],
    ["records"],
    ["drafts"],
    ["corpus"],
    ["collected"],
    ["framing", "sentiment", "actors", "quotes"],
    ["summary", "manifest", "codings", "sheets", "company"],
    ["derived", "narration", "targets", "gathered"],
    ["reliability", "sampling", "accuracy", "contents", "towards"],
    ["correction", "remembered", "annotation"],
    ["recalled"],
    ["evidence", "examples", "duplicates", "keywords", "tone_words"],
    ["robustness", "parts", "items", "salience", "voices", "target_features", "apart"],
    ["selection", "coded", "measures", "trends", "target_training", "cluster"],
    ["learning", "target_trials", "pack", "exploring"],
    ["classifier"],
    ["crossvalidation"],
    ["plots", "findings"],
    ["show", "remarks", "tone_findings", "tone_plots"],
    ["rendered", "printed", "warm", "reading"],
    ["explorer", "parameters"],
    ["report"],
    ["grid", "rerun", "study"],
    ["runner", "comparison"],
    ["overview"],
    ["commands"],
    ["cli"],
]
ROW_OF = {module: row for row, modules in enumerate(LAYERS) for module in modules}
ALLOWED_AT_THE_TOP = {
    *("notebooks", "toolkit", "data", "reports", "tests", "environment.yml", "README.md", "CONTRIBUTING.md"),
    *("CHANGELOG.md", "LICENSE", "CITATION.cff", "Makefile", "pyproject.toml", "requirements.lock"),
    *(".pre-commit-config.yaml", ".ci", ".gitignore"),
}
CONDA_NAMES = {"matplotlib": "matplotlib-base", "nbconvert": "nbconvert-core", "vadersentiment": "vadersentiment"}


def modules() -> dict[str, Path]:
    paths = sorted((ROOT / "toolkit").rglob("*.py"))
    names = {".".join(path.relative_to(ROOT / "toolkit").with_suffix("").parts): path for path in paths}
    return {
        name.removesuffix(".__init__"): path for name, path in names.items() if name not in ("__init__", "__main__")
    }


def imports_of(path: Path, deferred: bool) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if deferred else tree.body
    return {node.module.removeprefix("toolkit.") for node in nodes
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("toolkit.")}  # fmt: skip


def test_every_module_has_its_place_in_the_layers():
    assert set(modules()) == set(ROW_OF)


@pytest.mark.parametrize("name", sorted(ROW_OF))
def test_imports_run_downwards_only(name):
    deferred = name != "readers"  # its registry names the readers when it is asked, not before
    for imported in imports_of(modules()[name], deferred):
        assert ROW_OF[imported] < ROW_OF[name], f"{name} imports {imported}"


def test_every_public_name_exists_and_says_what_it_gives():
    assert toolkit.__all__ == sorted(toolkit.__all__)
    for name in toolkit.__all__:
        assert (getattr(toolkit, name).__doc__ or "").strip(), name


def test_no_public_name_is_that_of_a_module_which_would_hide_it_once_imported():
    assert set(toolkit.__all__) & set(modules()) == set()


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'load_corpse'"):
        _ = toolkit.load_corpse


def all_packages(project: dict) -> list[str]:
    """What every extra together needs; `all` only names the others, spaCy wants a model, and PDFs want Pango."""
    extras = project["optional-dependencies"].items()
    wanted = (entry for name, entries in extras if name not in ("all", "spacy", "pdf") for entry in entries)
    return [*project["dependencies"], *wanted]


def test_the_extra_all_names_every_extra_but_those_of_developers_and_of_what_pip_does_not_bring():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert extras["all"] == [
        f"media-analysis-toolkit[{','.join(name for name in extras if name not in ('all', 'dev', 'spacy', 'pdf'))}]"
    ]


def test_conda_users_get_what_pip_users_get():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [f"python{project['requires-python']}", *all_packages(project)]
    pattern = re.compile(r"^([\w-]+)(.*)$")
    wanted_pairs = {(name.lower(), rest) for name, rest in (pattern.match(entry).groups() for entry in wanted)}
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    listed = [entry for entry in conda["dependencies"] if isinstance(entry, str) and entry != "pip"]
    assert {pattern.match(entry).groups() for entry in listed} == {
        (CONDA_NAMES.get(name, name), rest) for name, rest in wanted_pairs
    }
    assert conda["channels"] == ["conda-forge", "nodefaults"]
    assert {"pip": ["-e ."]} in conda["dependencies"]


def test_the_lock_pins_every_dependency_with_hashes_and_names_no_host():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for entry in all_packages(project):
        name = re.match(r"[\w-]+", entry)[0].lower()
        assert re.search(rf"^{name}==[\w.]+( ;.*)? \\\n    --hash=sha256:", lock, re.MULTILINE), name
    assert "://" not in lock


def test_one_version_is_told_everywhere():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"] == version
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("this is no checkout of the repository")
    return done.stdout.split("\n")[:-1]


def test_the_top_level_holds_what_the_design_says():
    assert {path.split("/")[0] for path in tracked()} <= ALLOWED_AT_THE_TOP


def test_no_large_file_is_in_the_repository():
    assert all((ROOT / path).stat().st_size < 600_000 for path in tracked() if (ROOT / path).exists())


def test_tests_need_nothing_that_nltk_would_download():
    code = "import nltk; nltk.data.path[:] = []; from toolkit.sentences import split_spans; print(len(split_spans('It is. So.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "2"
