"""Which catalog a command asks: files in memory, or the database; and the settings it runs with."""

import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.cli.voice import ExitCode, Failure, say
from catalog.errors import ImportFileError, StorageError
from catalog.lasting import lasting

if TYPE_CHECKING:
    from bot.settings import Settings
    from catalog.importers import Incoming, Reading
    from catalog.service import Catalog

CatalogPaths = Annotated[
    list[Path] | None,
    typer.Option(
        "--catalog",
        metavar="PATH",
        show_default=False,
        help="Ask this file (YAML, JSON, JSONL, CSV, a saved comparison page, or a folder of them) instead of the "
        "database. May be given several times, before or after the command.",
    ),
]
Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE",
        help="YAML, JSON, JSONL, CSV files, public data, saved comparison pages, or folders of them.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]

#: Extensions that are looked for in a folder.
EXTENSIONS: Final = frozenset({".yaml", ".yml", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt"})
#: Most bytes of a list of names (JSONL) that --catalog names: a million lines with a few aliases each. It is the
#: operator's own, and what is read of it stays in memory, at about a kilobyte a line, which is what the limit is for.
_NAME_LIST_LIMIT: Final = 200_000_000
_NAME_LISTS: Final = frozenset({".jsonl", ".ndjson"})


def settings() -> "Settings":
    """Read the settings; a value that makes no sense is named with its variable and never repeated."""
    # Late, because --help and --version need no settings and this import costs more than either.
    from pydantic import ValidationError

    from bot.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        from catalog.importers.wording import reason

        problems = "; ".join(f"{str(one['loc'][0]).upper()}: {reason(one)}" for one in error.errors())
        raise Failure(f"a setting can't be read: {problems}", ExitCode.BAD_ARGUMENT) from None
    except UnicodeDecodeError:
        raise Failure(".env is not UTF-8 text; save it as UTF-8", ExitCode.BAD_ARGUMENT) from None
    except OSError as error:
        raise Failure(f".env can't be read: {error.strerror}", ExitCode.BAD_ARGUMENT) from None


def database(chosen: "Settings | None" = None) -> str:
    """Give the URL of the database that the settings name; one that can't be understood is a bad setting."""
    # Late, because only who asks the database needs its parts.
    from catalog.database import default_url, read_url

    url = (chosen or settings()).database or default_url()
    try:
        read_url(url)
    except StorageError as error:
        reason = str(error)
        raise Failure(f"DATABASE_URL: {reason[:1].lower()}{reason[1:]}", ExitCode.BAD_ARGUMENT) from None
    return url


def named(context: typer.Context, paths: Sequence[Path] | None) -> tuple[Path, ...]:
    """Give the files named by --catalog, before and after the command's name."""
    return (*context.obj, *(paths or ()))


def no_files(context: typer.Context) -> None:
    """Refuse a --catalog given before a command that has no use for one."""
    if context.obj:
        raise Failure(f"--catalog has no use with `{context.info_name}`; leave it out", ExitCode.BAD_ARGUMENT)


def load(context: typer.Context, paths: Sequence[Path] | None) -> "Catalog":
    """Give the catalog that a command asks, in memory: from the files named, else from the database."""
    files = named(context, paths)
    with lasting():
        # Read before there is a loop that could be kept waiting.
        return asyncio.run(_filed(_read(files)) if files else _stored())


async def _stored() -> "Catalog":
    # Late, because --help and --version ask no catalog and the database's parts take a second to import.
    from catalog.service import Catalog

    async with Catalog.open(database(), noting=False) as stored:
        return stored


def _read(paths: Sequence[Path]) -> "list[Incoming]":
    readings = list(read_all(files_in(paths), name_lists=_NAME_LIST_LIMIT))
    for name, reading in readings:
        if reading.rejected:
            first = reading.rejected[0]
            if not reading.tools:
                raise ImportFileError(first.where, first.reason)
            say(f"{len(reading.rejected)} of {name} left out; the first: {first.where}: {first.reason}")
    return [one for _, reading in readings for one in reading.tools]


async def _filed(incoming: "Sequence[Incoming]") -> "Catalog":
    # Late for the same reason.
    from catalog.revision import Author
    from catalog.service import Catalog

    catalog = Catalog()
    with progress("Filing"):
        report = await catalog.take_in(incoming, Author(name="command line", reason="named by --catalog"))
    for warning in report.warnings:
        say(f"{warning.where}: {warning.reason}")
    return catalog


def files_in(paths: Sequence[Path]) -> list[Path]:
    """Give the files that paths stand for: a file itself; of a folder its catalog files, at any depth, by name.

    Raises:
        ImportFileError: a folder holds no such file.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in EXTENSIONS and one.is_file())
        if not inside:
            raise ImportFileError(str(path), "no YAML, JSON, JSONL, CSV or text file in this folder")
        found.extend(inside)
    return found


def read_all(
    paths: Sequence[Path],
    *,
    name_lists: int | None = None,
    mapping: Mapping[str, str] | None = None,
    observed_on: str | None = None,
) -> Iterator[tuple[str, "Reading"]]:
    """Read files one after the other, each with what it is called; on a terminal a progress bar shows how far.

    Args:
        paths: the files.
        name_lists: most bytes of a JSONL file, where that is more than of other files.
        mapping: as `catalog.importers.read_file` takes it.
        observed_on: as `catalog.importers.read_file` takes it.

    Raises:
        ImportFileError: one of them can't be read as a catalog.
    """
    # Late for the same reason as the catalog.
    from catalog.importers import SIZE_LIMIT, read_file

    labels = _labels(paths)
    with progress("Reading", sum(map(_size, paths))) as advance:
        for path in paths:
            own = name_lists if path.suffix.lower() in _NAME_LISTS else None
            reading = read_file(
                path,
                where=labels[path],
                limit=own or SIZE_LIMIT,
                told=advance,
                mapping=mapping,
                observed_on=observed_on,
            )
            yield labels[path], reading


def _labels(paths: Sequence[Path]) -> dict[Path, str]:
    """Call each file by its name, and by its folder too where several have the same name.

    What follows a colon is a line, so none stands in a name.
    """
    names = Counter(path.name for path in paths)
    called = {
        path: path.name if names[path.name] == 1 else f"{path.absolute().parent.name}/{path.name}"
        for path in paths
    }
    return {path: name.replace(":", "-") for path, name in called.items()}


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # what is wrong with it is said when it is read


@contextmanager
def progress(doing: str, total: float | None = None) -> Iterator[Callable[[float], None]]:
    """Show on stderr how far work has come; nothing where stderr is no terminal.

    Args:
        doing: what is done, one word.
        total: how much of it there is, None where nobody knows.

    Yields:
        What to call with how much more is done.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    # Late, because a script has no terminal to draw on.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        # Until the first step is done the bar would stand at nothing: without a total it moves all the while.
        task = bar.add_task(doing, total=None)
        yield lambda done: bar.update(task, total=total, advance=done)
