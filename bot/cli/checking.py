"""For who writes entries: what is wrong with files and what should be mended, line by line; and an editor's schema."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from bot.cli.context import AsJson, Files, files_in, no_files, progress
from bot.cli.gathered import Gathered
from bot.cli.voice import Failure, print_json, print_line, say
from catalog.errors import ImportFileError

if TYPE_CHECKING:
    from catalog.filing import Plan
    from catalog.importers import Incoming, Reading, Rejection
    from catalog.importers.places import Places
    from catalog.quality import Count, Finding, Spot

#: What files are read as that hold entries written by hand. The others are lists, which nobody rewords.
_BY_HAND: Final = frozenset({"YAML", "JSON"})


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command(name="check")(check_files)
    app.command()(schema)


def check_files(context: typer.Context, files: Files, *, json_output: AsJson = False) -> None:
    """Say what is wrong with files; change nothing."""
    # Late, because --help reads no file.
    from catalog.quality import counts

    no_files(context)
    gathered, lines = Gathered(), _Lines()
    entries = dict(_read(files_in(files), gathered, lines))
    gathered.tell()
    for finding in _review(entries, gathered, lines):
        where, reason = lines.where(finding.spot), finding.reason
        if finding.also:
            reason += f" {lines.where(finding.also)}"
        say(f"warning: {where}: {reason}")
        gathered.warnings.append({"where": where, "reason": reason, "rule": finding.rule})
    planned = asyncio.run(_planned(gathered.tools))
    report = planned.report()
    gathered.note(report)
    counted = counts(planned.after.values())
    if json_output:
        print_json(gathered.outcome(report) | {"counts": _as_json(counted)})
    else:
        print_line(gathered.in_words(report, "Read"))
        _draw(counted)
    if gathered.rejected:
        raise Failure(f"{len(gathered.rejected)} rejected")


def schema(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="Where to; to stdout, unless told.", show_default=False),
    ] = None,
    *,
    json_output: AsJson = False,
) -> None:
    """Write the JSON Schema of a tool, with which an editor completes entries and marks mistakes."""
    # Late, because --help needs no models.
    from catalog.schema import schema_text

    no_files(context)
    text = schema_text()
    if file is None:
        print_line(text.rstrip("\n"))
        return
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise Failure(f"{file}: {error.strerror}") from None
    if json_output:
        print_json({"file": str(file)})
    else:
        print_line(f"Wrote the schema of a tool to {file}")


def _read(
    paths: Sequence[Path], gathered: Gathered, lines: "_Lines"
) -> "Iterator[tuple[Path, tuple[Incoming, ...]]]":
    """Read files, one that can't be read at all included; give the entries of those that somebody writes by hand."""
    from catalog.importers import read_file

    with progress("Reading", len(paths)) as advance:
        for path in paths:
            try:
                reading = read_file(path, where=str(path))
            except ImportFileError as error:
                where = (
                    f"{path}{error.where.removeprefix(path.name)}"
                    if error.where.startswith(path.name)
                    else error.where
                )
                gathered.rejected.append({"where": where, "reason": error.reason})
                continue
            lines.took(path, reading)
            gathered.add(str(path), replace(reading, rejected=tuple(map(lines.sharpened, reading.rejected))))
            if reading.format in _BY_HAND and reading.licence is None:
                yield path, reading.tools
            advance(1)


def _review(
    entries: "dict[Path, tuple[Incoming, ...]]", gathered: Gathered, lines: "_Lines"
) -> "Iterator[Finding]":
    """Ask the rules, folder by folder where lists lie beside the entries."""
    from catalog.quality import read_lists, review

    homes = {path: _home(path) for path in entries}
    for home in dict.fromkeys(homes.values()):
        own = [path for path in entries if homes[path] == home]
        lists = None
        if home:
            try:
                lists = read_lists(home)
            except ImportFileError as error:
                gathered.rejected.append({"where": error.where, "reason": error.reason})
                say(f"rejected: {error.where}: {error.reason}")
        beside = list(_beside(home, own, lines)) if home else []
        yield from review(
            [incoming for path in own for incoming in entries[path]], intended=lists, beside=beside
        )


def _home(path: Path) -> Path | None:
    """Give the folder of entries that a file belongs to: its own or the one above, where lists lie."""
    from catalog.quality import lists_lie_in

    parents = path.absolute().parents[:2]
    return next((folder for folder in parents if lists_lie_in(folder)), None)


def _beside(home: Path, own: Iterable[Path], lines: "_Lines") -> "Iterator[Incoming]":
    """Read the other entries of a folder, as one entry is judged by what the others say."""
    from catalog.importers import read_file

    given = {path.resolve() for path in own}
    for path in sorted(home.glob("*/*.yaml")):
        if path.resolve() not in given:
            try:
                reading = read_file(path, where=str(path))
            except ImportFileError:
                continue  # it is told when it is checked itself
            lines.took(path, reading)
            yield from reading.tools


class _Lines:
    """Says on which line of its file something stands; each file is looked into only once somebody asks."""

    def __init__(self) -> None:
        self._forms: dict[str, str] = {}
        self._places: dict[str, Places] = {}

    def took(self, path: Path, reading: "Reading") -> None:
        """Note what a file was read as."""
        self._forms[str(path)] = reading.format

    def where(self, spot: "Spot") -> str:
        """Spell out a place in a document: ``"tools/vllm.yaml:34"``."""
        file, start = _parted(spot.incoming.where)
        return f"{file}:{self._in(file).line(start, spot.path, spot.word)}"

    def sharpened(self, rejection: "Rejection") -> "Rejection":
        """Point a rejection to the line of the first field that is wrong, and name those of the others."""
        # Late for the same reason.
        from catalog.importers.wording import in_one_line

        if not rejection.problems:
            return rejection
        file, start = _parted(rejection.where)
        places = self._in(file)
        told = sorted((places.line(start, path), reason) for path, reason in rejection.problems)
        first = told[0][0]
        reasons = [reason if line == first else f"{reason} (line {line})" for line, reason in told]
        return replace(rejection, where=f"{file}:{first}", reason=in_one_line(reasons))

    def _in(self, file: str) -> "Places":
        from catalog.importers.places import Places

        if file not in self._places:
            form = self._forms[file]
            text = Path(file).read_text("utf-8-sig") if form in _BY_HAND else ""
            self._places[file] = Places(text, form)
        return self._places[file]


def _parted(where: str) -> tuple[str, int]:
    file, _, line = where.rpartition(":")
    return file, int(line)


async def _planned(incoming: "Sequence[Incoming]") -> "Plan":
    """Give what an import into an empty catalog would lead to, without all that a catalog needs to be asked."""
    from catalog.filing import Register, plan

    register = await Register.of(())
    return await plan(await register.file(incoming), {})


def _as_json(counted: "Iterable[Count]") -> dict[str, dict[str, Any]]:
    return {
        one.type or "all": {"tools": one.tools, "capabilities": one.capabilities, "signals": one.signals}
        for one in counted
    }


def _draw(counted: "Iterable[Count]") -> None:
    """Print how much there is of each type."""
    # Late, because a script needs no table.
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table("Type", box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("Tools", "Capabilities", "Signals"):
        table.add_column(heading, justify="right")
    for one in counted:
        figures = (one.tools, one.capabilities, one.signals)
        table.add_row(one.type.label if one.type else "All", *(f"{figure:,}" for figure in figures))
    print_line("")
    Console(highlight=False, emoji=False, markup=False).print(table)
