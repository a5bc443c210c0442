"""Live sources on the command line: ask them, and see how fresh everything is."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import AsJson, database, no_files, progress, settings
from bot.cli.questions import resolved
from bot.cli.voice import ExitCode, Failure, as_json, print_json, print_line, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.settings import Settings
    from catalog.freshness import Freshness
    from catalog.refreshes import RefreshReport, SourceReport

#: Failures of one source that are told one by one.
_TOLD = 10

_Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME", help="Tools to ask for; without one, whatever is due.", show_default=False
    ),
]
_Sources = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        metavar="KEY",
        show_default=False,
        help="Ask this source alone (github, huggingface, pypi, npm). May be given several times.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(refresh)
    app.command()(status)


def refresh(
    context: typer.Context,
    names: _Names = None,
    *,
    source: _Sources = None,
    json_output: AsJson = False,
) -> None:
    """Ask live sources how tools stand today, and write what they say."""
    no_files(context)
    chosen = settings()
    report = asyncio.run(_refresh(chosen, database(chosen), names or (), source or ()))
    for one in report.sources:
        _tell(one)
    if json_output:
        print_json(as_json(report))
    elif report.sources:
        # Late, because a script that asks for JSON needs nothing drawn.
        from bot.cli import freshness, tables

        tables.show(freshness.refreshed(report, notes=bool(names)))
    elif names:
        print_line("No live source knows any of these tools: none has a link or a package that one goes by.")
    else:
        print_line("Nothing is due. Name tools to ask for them all the same.")
    if report.all_failed:
        raise Failure("no source answered; nothing was changed")


async def _refresh(
    chosen: "Settings", url: str, names: "Sequence[str]", only: "Sequence[str]"
) -> "RefreshReport":
    # Late, because --help asks nobody.
    from catalog.refreshing import Refresher
    from catalog.service import Catalog
    from catalog.sources.fetching import Fetcher
    from catalog.sources.sources import SOURCES

    unknown = sorted(set(only) - {one.key for one in SOURCES})
    if unknown:
        there_are = ", ".join(one.key for one in SOURCES)
        raise Failure(f"--source: there is no {', '.join(unknown)}; name {there_are}", ExitCode.BAD_ARGUMENT)
    async with Catalog.open(url, noting=False) as catalog:
        slugs = resolved(catalog, names) if names else None
        async with Fetcher(tokens=chosen.tokens, contact=chosen.refresh_contact) as fetcher:
            refresher = Refresher(catalog, fetcher, SOURCES)
            async with refresher.alone():
                plan = await refresher.plan(slugs, only=only, by_hand=True)
                with progress("Asking", len(plan.wants)) as advance:
                    return await refresher.refresh(plan, told=advance)


def _tell(one: "SourceReport") -> None:
    """Say what failed, and why."""
    # Why it stopped is said once.
    alone = [failed for failed in one.failed if failed.reason != one.stopped]
    for failed in alone[:_TOLD]:
        say(f"{one.name}: {failed.key}: {failed.reason}")
    if len(alone) > _TOLD:
        say(f"{one.name}: {len(alone) - _TOLD} more failed; `matchbook status` says why")
    if one.stopped:
        left = f" {one.left} left to ask." if one.left else ""
        until = f" Asked again from {one.until} on." if one.until else ""
        say(f"{one.name}: {one.stopped.rstrip('.')}.{left}{until}")


def status(context: typer.Context, *, json_output: AsJson = False) -> None:
    """Say how fresh the figures are, and what live sources answered last."""
    no_files(context)
    chosen = settings()
    found = asyncio.run(_status(database(chosen)))
    if json_output:
        print_json(as_json(found))
        return
    # Late, because a script that asks for JSON needs nothing drawn.
    from bot.cli import freshness, tables

    tables.show(freshness.status(found))


async def _status(url: str) -> "Freshness":
    # Late, because --help needs no database.
    from catalog.freshness import freshness
    from catalog.service import Catalog
    from catalog.sources.sources import SOURCES

    async with Catalog.open(url, noting=False) as catalog:
        return await freshness(catalog, SOURCES)
