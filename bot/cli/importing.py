"""Importing: files into the database, and back out again by undoing it."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.cli.context import AsJson, Files, database, files_in, no_files, progress, read_all
from bot.cli.gathered import Gathered
from bot.cli.voice import ExitCode, Failure, as_json, print_json, print_line

if TYPE_CHECKING:
    from catalog.editing.threeway import Side
    from catalog.errors import ConflictError
    from catalog.explaining import Explanation
    from catalog.filing import ImportReport
    from catalog.importers import Incoming

#: Places that a message names.
_NAMED: Final = 5
#: Tools that a dry run shows field by field, unless asked for all.
_SHOWN: Final = 10


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(name="import")(import_files)
    app.command()(undo)


def import_files(
    context: typer.Context,
    files: Files,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would change, field by field.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help=f"Of a dry run show every tool, not the first {_SHOWN}.")
    ] = False,
    skip_rejected: Annotated[
        bool, typer.Option("--skip-rejected", help="Take the rest when some entries are rejected.")
    ] = False,
    observed_on: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="Of public data, the day of its facts, where the file doesn't say so."
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--column", metavar="HEADER=FIELD", help="Of a CSV file, the field that a header means."
        ),
    ] = None,
    json_output: AsJson = False,
) -> None:
    """Take files into the database, all or nothing.

    Public data is taken as others publish it: models.dev, LiteLLM, GitHub rankings, MCP registries and more.
    """
    no_files(context)
    gathered = Gathered()
    for name, reading in read_all(files_in(files), mapping=_mapping(columns), observed_on=_day(observed_on)):
        gathered.add(name, reading)
    gathered.tell()
    refused = gathered.blocked and not skip_rejected
    report: ImportReport | None = None
    explained: Mapping[str, Explanation] = {}
    if not refused and dry_run:
        report, explained = asyncio.run(_foresee(gathered.tools))
    elif not refused:
        report = asyncio.run(_take_in(gathered.tools))
    gathered.note(report)
    if json_output:
        known = frozenset(report.changed if report else ())
        # All that a new tool consists of stands in the file.
        changes = {slug: as_json(one) for slug, one in explained.items() if slug in known}
        print_json(gathered.outcome(report) | ({"changes": changes} if dry_run else {}))
    elif report:
        _show(report, gathered, explained, dry_run=dry_run, every=every)
    if refused:
        raise Failure("nothing was imported: mend the rejected entries, or pass --skip-rejected")


def undo(
    context: typer.Context,
    change: Annotated[int, typer.Argument(metavar="CHANGE", help="The number that the import gave.")],
    *,
    keep_later: Annotated[
        bool, typer.Option("--keep-later", help="Where the same was changed again since, leave that.")
    ] = False,
    discard_later: Annotated[
        bool, typer.Option("--discard-later", help="Where the same was changed again since, undo that too.")
    ] = False,
    json_output: AsJson = False,
) -> None:
    """Take back all that was written together: an import, a refresh, an edit of the shared catalog."""
    # Late, because --help needs no catalog.
    from catalog.editing.threeway import Side

    no_files(context)
    if keep_later and discard_later:
        raise Failure("--keep-later and --discard-later say opposite things; pass one", ExitCode.BAD_ARGUMENT)
    side = Side.THEIRS if keep_later else Side.MINE if discard_later else None
    revisions, number = asyncio.run(_undo(change, side))
    if json_output:
        print_json({"undone": change, "tools": revisions, "change": number})
    else:
        again = f"; `matchbook undo {number}` brings it back" if number else ""
        print_line(f"Undid change {change}: {revisions} tool{'' if revisions == 1 else 's'}{again}")


async def _foresee(incoming: "Sequence[Incoming]") -> "tuple[ImportReport, Mapping[str, Explanation]]":
    # Late, because a bad file should be told at once and these take a second to import.
    from catalog.database import read_url
    from catalog.explaining import explained
    from catalog.service import Catalog

    url = database()
    file = read_url(url).file
    with progress("Comparing"):
        if file and not file.exists():
            # Opening would make the database.
            planned = await Catalog().foresee(incoming)
        else:
            async with Catalog.open(url, with_starter=False, noting=False) as catalog:
                planned = await catalog.foresee(incoming)
        return planned.report(), await explained(planned)


async def _take_in(incoming: "Sequence[Incoming]") -> "ImportReport":
    # Late for the same reason.
    from catalog.revision import Author
    from catalog.service import Catalog

    author = Author(name="command line", reason="matchbook import")
    with progress("Writing", 1) as advance:
        async with Catalog.open(database(), with_starter=False) as catalog:
            return await catalog.take_in(incoming, author, told=advance)


async def _undo(change: int, side: "Side | None") -> tuple[int, int | None]:
    # Late for the same reason.
    from catalog import changes
    from catalog.desk import Desk, chosen
    from catalog.errors import ConflictError, EditError
    from catalog.revision import SHARED, Author
    from catalog.service import Catalog

    with progress("Undoing"):
        async with Catalog.open(database(), with_starter=False, noting=False) as catalog:
            try:
                undoing = await changes.undoing(catalog, change, SHARED)
            except EditError as error:
                raise Failure(str(error), ExitCode.NOT_FOUND) from None
            desk, author = Desk(catalog), Author(name="command line", reason=f"matchbook undo {change}")
            choices = {}
            if side:
                preview = await desk.preview(undoing, SHARED, replay=False)
                choices = {chosen(slug, conflict.place): side for slug, conflict in preview.conflicts}
            try:
                saved = await desk.save(undoing, SHARED, author, choices)
            except ConflictError as error:
                raise Failure(
                    f"{_first(error)}; --keep-later leaves that, --discard-later undoes it too"
                ) from None
            return len(saved.revisions), saved.change


def _first(error: "ConflictError") -> str:
    named, more = ", ".join(error.places[:_NAMED]), len(error.places) - _NAMED
    return f"since then the same was changed again: {named}{f' and {more:,} more' if more > 0 else ''}"


def _mapping(columns: Sequence[str] | None) -> dict[str, str] | None:
    pairs = [text.rpartition("=") for text in columns or ()]
    if wrong := next((field for header, _, field in pairs if not header), None):
        raise Failure(
            f"--column takes HEADER=FIELD, such as Maker=vendor, not {wrong!r}", ExitCode.BAD_ARGUMENT
        )
    return {header: field for header, _, field in pairs} or None


def _day(text: str | None) -> str | None:
    # Late, because --help needs no dates.
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        raise Failure("--observed-on takes a day such as 2026-03-01", ExitCode.BAD_ARGUMENT) from None


def _show(
    report: "ImportReport",
    gathered: Gathered,
    explained: "Mapping[str, Explanation]",
    *,
    dry_run: bool,
    every: bool,
) -> None:
    # Late, because a script that asks for JSON needs nothing drawn.
    from bot.cli import tables

    changed = [(slug, explained[slug]) for slug in report.changed if slug in explained]
    shown = changed if every else changed[:_SHOWN]
    for slug, explanation in shown:
        tables.show(tables.explanation(slug, explanation))
    if len(shown) < len(changed):
        print_line(f"... and {len(changed) - len(shown)} more changed; --all shows them")
    if any(source.licence for source in gathered.files.values()):
        tables.show(tables.imported(gathered.by_file(report)))
    print_line(gathered.in_words(report, "Would be" if dry_run else "Imported"))
    if report.change:
        print_line(f"It was change {report.change}; `matchbook undo {report.change}` takes it back")
