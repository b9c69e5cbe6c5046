"""The command: parse, call the library, print. Errors end as one line and exit code 1."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from math import isnan
from pathlib import Path

from toolkit.commands import add_commands
from toolkit.errors import ReportError, ToolkitError
from toolkit.paths import existing
from toolkit.printable import printable

LEDGER_SHOWN = 12
TONE_GUIDE = (
    "Code the wording of the article as a whole, not the event it tells of: a sober report of a disaster is neutral.",
    "1: the words chosen praise, reassure or are warm. -1: they blame, scorn, alarm or mourn. 0: neither prevails.",
    "What sources say counts as far as it makes the wording of the article. Whom the words favour does not matter.",
)
NUMBERS = re.compile(r"\d[\d.,]*")
LOUD = (
    *("words stated", "garbled", "more than once", "very short", "future", "not understood", "not certain", "reads as"),
    *("left out", "read as one", "though it looks", "do not pair", "not well-formed", "no time zone known"),
)


def report(arguments: argparse.Namespace) -> int:
    """Render one report, or all of them, to HTML."""
    from toolkit.parameters import (
        INSTRUMENTS,
        PATH_LISTS,
        PATHS,
        check_parameters,
        describe_parameters,
        parts_of,
        reads_tables,
        report_names,
    )
    from toolkit.runner import render_reports
    from toolkit.study import study_parameters

    names = report_names() if arguments.name == "all" else [arguments.name]
    if arguments.list_parameters:
        for name in names:
            print(
                name, *(f"  {key} = {value}  {meaning}" for key, value, meaning in describe_parameters(name)), sep="\n"
            )
        return 0
    if len(names) > 1 and arguments.out.endswith(".html"):
        raise ReportError(f"{len(names)} reports do not fit into one file. Give a folder: --out {arguments.out[:-5]}")
    parameters = dict(_pair(text) for text in arguments.parameters)
    if arguments.corpus:
        parameters["corpus"] = existing(arguments.corpus)
        corpus = Path(parameters["corpus"])
        if corpus.is_dir() and Path(arguments.out).resolve().is_relative_to(corpus.resolve()):
            raise ReportError(
                f"{arguments.out}: lies in the corpus, and would be read with it. Choose a place outside."
            )
    parameters |= {key: existing(parameters[key]) for key in PATHS if parameters.get(key)}
    several = (*PATH_LISTS, *INSTRUMENTS)
    parameters |= {key: "; ".join(map(existing, parts_of(parameters[key]))) for key in several if key in parameters}
    check_parameters(names, parameters)
    parameters = study_parameters() | parameters  # of which each report takes what is its own
    if arguments.name == "all" and parameters.get("tables"):
        for name in [name for name in names if not reads_tables(name)]:
            names.remove(name)
            print(f"left out: {name}, which reads no tables", file=sys.stderr)
    results = render_reports(names, arguments.out, parameters, arguments.pdf)
    for name, result in results.items():
        if isinstance(result, Path):
            print(*([result, result.with_suffix(".pdf")] if arguments.pdf else [result]), sep="\n")
        else:
            print(
                f"toolkit: {result}" if str(result).startswith(name) else f"toolkit: {name}: {result}", file=sys.stderr
            )
    return int(any(isinstance(result, ToolkitError) for result in results.values()))


def check(arguments: argparse.Namespace) -> int:
    """Say what is in a file or folder of articles: articles, outlets, period, columns mapped, ledger by reason."""
    from toolkit.corpus import load_corpus
    from toolkit.findings import say_corpus, say_exact_copies
    from toolkit.ledger import DROPPED, KEPT, count_files
    from toolkit.tables import ARTICLES

    articles, ledger = load_corpus(existing(arguments.path), arguments.columns, existing(arguments.rules))
    print("\n".join([*say_corpus(articles, ledger), *say_exact_copies(articles)]))
    print("\nOutlets")
    _print_counts(articles["outlet"].replace("", "(no outlet)").value_counts())
    print("\nDecided while reading (units)")
    kept = ledger.loc[ledger["status"] == KEPT, "detail"]
    _say_of_rules(arguments.rules, kept)
    notes = _kinds(note for detail in kept if detail for note in detail.split("; ")).value_counts()
    _print_counts(notes.iloc[[*_loud(notes.index), *_loud(notes.index, loud=False)]])
    if extra := [name for name in articles.columns if name not in ARTICLES]:
        print(f"\nColumns kept under their own names: {', '.join(extra)}"[:300])
    dropped = ledger[ledger["status"] == DROPPED]
    if len(dropped):
        print("\nDropped")
        first = dropped.groupby("reason")[["source", "detail"]].transform("first")
        told = (": " + first["detail"].str[:110]).where(first["detail"] != "", "")
        _print_counts((dropped["reason"].str[:100] + ", first in " + first["source"] + told).value_counts())
    print("\nFiles (units = kept + dropped)")
    for row in count_files(ledger, LEDGER_SHOWN).itertuples():
        print(f"  {row.units:>6,} = {row.kept:,} + {row.dropped:,}  {row.file[:60]}  {row.reasons[:90]}".rstrip())
    return 0


def convert(arguments: argparse.Namespace) -> int:
    """Write a corpus once, with its ledger beside it: Parquet, read again quickly and whole, or JSONL or CSV."""
    from toolkit.corpus import load_corpus
    from toolkit.findings import count
    from toolkit.store import ledger_of, save_corpus

    articles, ledger = load_corpus(existing(arguments.path), arguments.columns, existing(arguments.rules))
    _refuse_to_overwrite(Path(existing(arguments.path)), Path(arguments.out))
    out = save_corpus(articles, ledger, arguments.out)
    read = f"{count(len(articles), 'article')} of {count(len(ledger), 'unit')} read"
    print(f"{out}: {read}, {out.stat().st_size / 1e6:.1f} MB")
    print(f"{ledger_of(out)}: the ledger")
    return 0


def _refuse_to_overwrite(source: Path, out: Path) -> None:
    """Raise ToolkitError where a converted corpus would take the place of what it was read from, or be read with it."""
    from toolkit.store import ledger_of

    inside = source.is_dir() and out.resolve().is_relative_to(source.resolve())
    if inside or out.resolve() == source.resolve():
        raise ToolkitError(f"{out}: lies in what is read, and would be read with it. Choose a place outside.")
    if out.exists() and not ledger_of(out).exists():
        raise ToolkitError(f"{out}: is there already, and was not made by convert. Choose another name.")


def annotate(arguments: argparse.Namespace) -> int:
    """Write the tables of a corpus of any size, part by part; run it again after a stop, and it goes on."""
    from toolkit import annotation
    from toolkit.cluster import on_cluster
    from toolkit.study import study_parameters

    study = study_parameters()  # what the reports of these tables will take, too
    wanted = {name: getattr(arguments, name) or study.get(name) for name in ("columns", "rules", "codebook", "actors")}
    out = annotation.annotate(
        existing(arguments.path),
        arguments.out,
        workers=arguments.workers,
        way=on_cluster(arguments.scheduler, arguments.workers) if arguments.scheduler else None,
        **{name: str(value) if name == "columns" else existing(value) for name, value in wanted.items() if value},
    )
    print(*(out / name for name in annotation.TABLES), sep="\n")
    return 0


def clean(arguments: argparse.Namespace) -> int:
    """Show the lines of a saved page as load_corpus takes them with its folder: label, text, place, reason."""
    from toolkit.readers import readers
    from toolkit.readers.archives import read_export
    from toolkit.readers.decoding import NotTextError, read_text
    from toolkit.readers.page_fields import joined
    from toolkit.readers.page_shared import count_shared, reasons_beside
    from toolkit.readers.page_text import clean_page

    path = Path(existing(arguments.file))
    if path.suffix.lower() in set(readers()) - {".txt"}:
        raise ToolkitError(f"{arguments.file}: not the text of a page. Look with: toolkit check")
    try:
        text, _ = read_text(path)
    except (NotTextError, OSError) as error:
        raise ToolkitError(
            f"{arguments.file}: {getattr(error, 'strerror', None) or error}. Give the text of a page."
        ) from None
    if text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        raise ToolkitError(f"{arguments.file}: HTML, not the text of a page. Look with: toolkit check")
    if read_export(text):
        raise ToolkitError(f"{arguments.file}: an export of several articles, not a page. Look with: toolkit check")
    beside = reasons_beside(path, count_shared(sorted(path.parent.glob("*.txt"))))
    lines = clean_page(joined(text), existing(arguments.rules), beside)
    for row in lines.itertuples():
        print(f"{row.label:<12} {printable(row.text[:76]):<76} | {row.start:>6}-{row.end:<6} | {row.reason}")
    _say_of_rules(arguments.rules, lines["reason"])
    return 0


def _say_of_rules(rules: str, notes: Iterable[str]) -> None:
    """Say that no rule of a file was used, where one is named and nothing that was noted speaks of it."""
    from toolkit.readers.page_rules import REASON

    if rules and not any(REASON in note for note in notes):
        print(
            f"toolkit: {rules}: no rule matches a line here. Look how lines stand: toolkit clean PAGE", file=sys.stderr
        )


def sample(arguments: argparse.Namespace) -> int:
    """Draw articles for people to code: a sheet for each coder, and the codebook as a page."""
    from toolkit.codebooks import describe_codebook, language_of
    from toolkit.corpus import load_corpus
    from toolkit.findings import count
    from toolkit.measures import TONE, values_of, variables_of
    from toolkit.sampling import sample_articles
    from toolkit.selection import set_aside
    from toolkit.sheets import write_sheets
    from toolkit.show import as_page, show_codebook, show_findings

    measure, book = arguments.measure, existing(arguments.codebook)
    if measure != TONE and not book:
        raise ToolkitError(f"{measure} are coded by an instrument. Name it: --codebook FILE")
    variables = _chosen(variables_of(measure, book), arguments.only)
    articles, _ = load_corpus(existing(arguments.path), arguments.columns)
    # What the machine sets aside it has no answer for, so nobody need code it.
    scored, aside = set_aside(articles, language_of(book) if book else "en")
    drawn = sample_articles(scored, arguments.size, arguments.by.split(","), arguments.seed)
    out = Path(arguments.out)
    coders = [name.strip() for name in arguments.coders.split(",")]
    paths = write_sheets(drawn, variables, out, coders, values_of(measure))
    title, told = ("Tone", show_findings(TONE_GUIDE)) if measure == TONE else ("Codebook", show_codebook(book))
    page = as_page(describe_codebook(book).get("Name", title) if book else title, told)
    print(f"{count(len(drawn), 'article')} of {len(scored):,}, by {arguments.by}, seed {arguments.seed}")
    print(*([f"{count(len(aside), 'article')} set aside as in the reports"] if len(aside) else []), *paths, sep="\n")
    _write(str(out / "codebook.html"), lambda: (out / "codebook.html").write_text(page, encoding="utf-8"))
    return 0


def _chosen(variables: list[str], only: str) -> list[str]:
    """Return the variables that are named, or all; raise ToolkitError for one that there is not."""
    names = [name.strip() for name in only.split(",") if name.strip()]
    if unknown := [name for name in names if name not in variables]:
        raise ToolkitError(f"--only: {unknown[0]!r} is none of: {', '.join(variables[:40])}.")
    return names or variables


def agree(arguments: argparse.Namespace) -> int:
    """Say how far coders agree, by the sheets they filled in, and how many articles they have to talk about."""
    from toolkit.codings import load_codings
    from toolkit.exports import write_csv
    from toolkit.reliability import agreement, find_disagreements

    codings = load_codings(existing(arguments.path), arguments.values.split(",") if arguments.values else ())
    if (codings["value"] == "").all():
        raise ToolkitError(f"{arguments.path}: nobody has filled in a sheet yet. Write values into it, then ask again.")
    if unused := {value.strip() for value in arguments.values.split(",")} - set(codings["value"]) - {""}:
        print(f"toolkit: --values: nobody wrote {', '.join(sorted(unused))}.", file=sys.stderr)
    print(f"{'variable':<28} alpha  95% interval    AC1  equal  units  coders  share of 1, or of the commonest")
    for row in agreement(codings, arguments.level).itertuples():
        bounds = f"{row.low:>5.2f} to {row.high:>5.2f}" if not isnan(row.low) else ""
        figures = f"{_or_dash(row.alpha, '.2f'):>5} {bounds:>14} {_or_dash(row.ac1, '.2f'):>5}"
        shares = (
            f"{_or_dash(row.percent, '.0%'):>6} {row.units:>6,} {row.coders:>7} {_or_dash(row.prevalence, '.0%'):>6}"
        )
        print(f"{printable(row.variable)[:28]:<28} {figures} {shares}  {row.note}".rstrip())
    apart = find_disagreements(codings)
    hint = " --out FILE.csv lists them." if len(apart) and not arguments.out else ""
    print(f"\n{len(apart):,} codings differ.{hint}")
    if arguments.out:
        _write(arguments.out, lambda: write_csv(apart, Path(arguments.out)))
    return 0


def _or_dash(value: float, form: str) -> str:
    return "-" if isnan(value) else format(value, form)


def _write(path: str, write: Callable[[], object]) -> None:
    try:
        write()
    except OSError as error:
        raise ToolkitError(f"{path}: cannot be written: {error.strerror}. Choose another place.") from None
    print(path)


def codebook(arguments: argparse.Namespace) -> int:
    """Check a codebook of frames or actors: its form, and its own examples."""
    from toolkit.examples import failed_examples

    tested, failed = failed_examples(existing(arguments.file))
    for line in failed:
        print(f"toolkit: {line}", file=sys.stderr)
    hint = "" if tested else ": it was read without fault, but not tested. Add examples, must and must_not"
    print(f"{Path(arguments.file).name}: {tested} examples, {len(failed)} failed{hint}")
    return int(bool(failed))


def suggest(arguments: argparse.Namespace) -> int:
    """Write the names that are frequent in a corpus and in no registry yet as a registry to edit."""
    from toolkit.corpus import load_corpus
    from toolkit.findings import count
    from toolkit.registry import load_actors
    from toolkit.suggestion_book import write_suggestions
    from toolkit.suggestions import suggest_actors

    out = Path(arguments.out)
    if out.exists():
        raise ToolkitError(f"{out}: is there already, and may hold your edits. Choose another name.")
    articles, _ = load_corpus(existing(arguments.path), arguments.columns)
    actors = load_actors(existing(arguments.actors)) if arguments.actors else None
    found = suggest_actors(articles, actors, arguments.least, arguments.model)
    for name, number in found["kind"].value_counts().items():
        print(f"  {number:>6,}  {name}")
    print(f"{count(len(found), 'name')} in {count(len(articles), 'article')}, each {arguments.least} times or more")
    _write(arguments.out, lambda: write_suggestions(found, out, arguments.path))
    return 0


def _kinds(notes: Iterable[str]):
    """Return the notes, those that differ in their numbers alone as the first of them."""
    import pandas as pd

    first: dict[str, str] = {}
    return pd.Series([first.setdefault(NUMBERS.sub("0", note), note) for note in notes], dtype="str")


def _loud(notes: Sequence[str], loud: bool = True) -> list[int]:
    """Return the places of the notes that a reader should not miss among those on encodings and the like, or others."""
    return [place for place, note in enumerate(notes) if any(map(note.__contains__, LOUD)) is loud]


def _print_counts(counts) -> None:
    for name, number in counts.head(LEDGER_SHOWN).items():
        print(f"  {number:>6,}  {str(name)[:240]}")
    if len(counts) > LEDGER_SHOWN:
        print(f"          and {len(counts) - LEDGER_SHOWN} more kinds")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise ReportError(f"-p takes name=value, not {text!r}.")
    return name.strip(), value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="toolkit", description="Framing, tone and actors in news coverage.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    ruled = argparse.ArgumentParser(add_help=False)
    ruled.add_argument("--rules", metavar="FILE", default="", help="your own labels for lines of saved pages (YAML)")
    reading = argparse.ArgumentParser(add_help=False, parents=[ruled])
    reading.add_argument("--columns", default="", help='your names to ours, e.g. "medium:outlet, body:text"')

    one = commands.add_parser("check", help=check.__doc__, description=check.__doc__, parents=[reading])
    one.add_argument("path", metavar="PATH", help="a file or folder of articles")
    one.set_defaults(run=check)

    one = commands.add_parser("convert", help=convert.__doc__, description=convert.__doc__, parents=[reading])
    one.add_argument("path", metavar="IN", help="a file or folder of articles")
    one.add_argument("out", metavar="OUT", help="a file that ends in .parquet, .jsonl or .csv")
    one.set_defaults(run=convert)

    one = commands.add_parser("annotate", help=annotate.__doc__, description=annotate.__doc__, parents=[reading])
    one.add_argument("path", metavar="CORPUS", help="a file or folder of articles")
    one.add_argument("--out", metavar="TABLES", required=True, help="a folder for the tables")
    one.add_argument("--codebook", metavar="FILE", default="", help="a codebook of frames (default: the generic ones)")
    one.add_argument("--actors", metavar="FILE", default="", help="a registry of actors (default: that of the sample)")
    one.add_argument("--workers", type=int, default=1, help="processes side by side (default: 1)")
    one.add_argument("--scheduler", metavar="ADDRESS", default="", help="of Dask, such as tcp://host:8786, or local")
    one.set_defaults(run=annotate)

    one = commands.add_parser("report", help=report.__doc__, description=report.__doc__)
    one.add_argument("name", metavar="NAME", help="a notebook of notebooks/, or all")
    one.add_argument("--corpus", metavar="PATH", help="a file or folder of articles (default: the sample)")
    one.add_argument("--out", metavar="DIR", default="reports", help="where the HTML goes (default: reports)")
    one.add_argument("-p", dest="parameters", metavar="NAME=VALUE", action="append", default=[], help="a parameter")
    one.add_argument("--pdf", action="store_true", help="a PDF beside the HTML (extra pdf)")
    one.add_argument(
        "--parameters", dest="list_parameters", action="store_true", help="list the parameters, render nothing"
    )
    one.set_defaults(run=report)

    one = commands.add_parser("clean", help=clean.__doc__, description=clean.__doc__, parents=[ruled])
    one.add_argument("file", metavar="FILE", help="the text of a saved page")
    one.set_defaults(run=clean)

    one = commands.add_parser("sample", help=sample.__doc__, description=sample.__doc__)
    one.add_argument("path", metavar="PATH", help="a file or folder of articles")
    one.add_argument("--measure", default="frames", help="frames, items, actors or tone (default: frames)")
    one.add_argument("--codebook", metavar="FILE", default="", help="a codebook of frames, or a registry of actors")
    one.add_argument("--only", default="", help="some of its frames, items or actors, such as cost,safety")
    one.add_argument("--out", metavar="DIR", required=True, help="where the sheets go")
    one.add_argument("--size", type=int, default=200, help="articles (default: 200)")
    one.add_argument("--coders", default="a,b", help="names, for the files (default: a,b)")
    one.add_argument("--by", default="outlet", help="strata: columns or periods, such as outlet,year (default: outlet)")
    one.add_argument("--seed", type=int, default=1, help="draws another sample (default: 1)")
    one.add_argument("--columns", default="", help='your names to ours, e.g. "medium:outlet, body:text"')
    one.set_defaults(run=sample)

    one = commands.add_parser("agree", help=agree.__doc__, description=agree.__doc__)
    one.add_argument("path", metavar="PATH", help="a coding sheet or a folder of them")
    one.add_argument("--level", default="nominal", help="nominal, ordinal or interval (default: nominal)")
    one.add_argument("--values", default="", help="the values a coder may write, e.g. 0,1 (default: any)")
    one.add_argument("--out", metavar="FILE", default="", help="a CSV file for the codings that differ")
    one.set_defaults(run=agree)

    one = commands.add_parser("suggest", help=suggest.__doc__, description=suggest.__doc__)
    one.add_argument("path", metavar="CORPUS", help="a file or folder of articles")
    one.add_argument("--out", metavar="FILE.yml", required=True, help="where the suggested registry goes")
    one.add_argument("--actors", metavar="FILE", default="", help="a registry, whose names are left out")
    one.add_argument("--least", type=int, default=3, help="times a name must be found (default: 3)")
    one.add_argument("--model", default="", help="a spaCy model that you installed, instead of rules")
    one.add_argument("--columns", default="", help='your names to ours, e.g. "medium:outlet, body:text"')
    one.set_defaults(run=suggest)

    add_commands(commands)
    books = commands.add_parser("codebook", help=codebook.__doc__, description=codebook.__doc__)
    one = books.add_subparsers(required=True, metavar="ACTION").add_parser("check", help=codebook.__doc__)
    one.add_argument("file", metavar="FILE", help="a YAML file of frames or actors, or a CSV file of actors")
    one.set_defaults(run=codebook)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # a terminal that lacks a letter shows a mark in its place
            stream.reconfigure(errors="replace")
    arguments = _parser().parse_args(argv)
    if (here := str(Path.cwd())) not in sys.path:
        sys.path.append(here)  # where a function that scores tone may lie
    try:
        return arguments.run(arguments)
    except ToolkitError as error:
        print(f"toolkit: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        print("toolkit: stopped.", file=sys.stderr)
        return 130
