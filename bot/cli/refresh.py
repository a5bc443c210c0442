"""Live sources on the command line: ask them, and see how fresh everything is."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from bot.cli.context import AsJson, database, no_files, progress, settings
from bot.cli.questions import resolved
from bot.cli.voice import ExitCode, Failure, as_json, print_json, print_line, say
from bot.stopping import until_stopped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.settings import Settings
    from catalog.freshness import Freshness, Said
    from catalog.refreshes import RefreshReport, SourceReport

#: Failures of one source that are told one by one.
_TOLD = 10
#: How long another process that refreshes is waited for; the bot takes less at a time.
_PATIENCE: Final = timedelta(minutes=2)

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


class _Came(NamedTuple):
    """What came of a refresh, and which sources that weren't asked would know the tools."""

    report: "RefreshReport"
    others: "Sequence[str]" = ()


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
    came = asyncio.run(_until_stopped(chosen, database(chosen), names or (), source or ()))
    report = came.report
    for one in report.sources:
        _tell(one)
    if json_output:
        print_json(as_json(report))
    elif report.sources:
        # Late, because a script that asks for JSON needs nothing drawn.
        from bot.cli import freshness, tables

        tables.show(freshness.refreshed(report, notes=bool(names)))
    elif came.others:
        keys = " ".join(f"--source {key}" for key in came.others)
        print_line(f"{', '.join(source or ())}: nothing is known of these tools there. {keys} would know.")
    elif names:
        print_line("No live source knows any of these tools: none has a link or a package that one goes by.")
    else:
        print_line("Nothing is due. Name tools to ask for them all the same.")
    if report.all_failed:
        raise Failure("no source answered; nothing was changed")


async def _until_stopped(
    chosen: "Settings", url: str, names: "Sequence[str]", only: "Sequence[str]"
) -> _Came:
    """Refresh until it is done. Stopped before, what was answered is written and nobody else has to wait."""
    found: list[_Came] = []

    async def work() -> None:
        found.append(await _refresh(chosen, url, names, only))

    await until_stopped(work())
    if not found:
        raise Failure("stopped; what was answered until then is kept", ExitCode.INTERRUPTED)
    return found[0]


async def _refresh(chosen: "Settings", url: str, names: "Sequence[str]", only: "Sequence[str]") -> _Came:
    # Late, because --help asks nobody.
    from catalog.refreshing import Refresher, wants
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
            async with refresher.alone(_PATIENCE, _waiting):
                plan = await refresher.plan(slugs, only=only, by_hand=True)
                with progress("Asking", len(plan.wants)) as advance:
                    report = await refresher.refresh(plan, told=advance)
        others = {key for key, _ in await wants(catalog, SOURCES, slugs)} if slugs and only else set()
        return _Came(report, [] if report.sources else [one.key for one in SOURCES if one.key in others])


def _waiting(holder: str | None) -> None:
    by = f" ({holder})" if holder else ""
    minutes = _PATIENCE.total_seconds() / 60
    say(f"another process{by} is refreshing; waiting for it, up to {minutes:.0f} minutes")


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


def status(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME", help="Tools of which to say what sources answered last.", show_default=False
        ),
    ] = None,
    *,
    json_output: AsJson = False,
) -> None:
    """Say how fresh the figures are, and what live sources answered last."""
    no_files(context)
    chosen = settings()
    if names:
        _tell_said(asyncio.run(_said(database(chosen), names)), json_output=json_output)
        return
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


def _tell_said(found: "Sequence[Said]", *, json_output: bool) -> None:
    if json_output:
        print_json({"answers": [as_json(one) for one in found]})
    elif found:
        # Late, because a script that asks for JSON needs nothing drawn.
        from bot.cli import freshness, tables

        tables.show(freshness.said(found))
    else:
        print_line("No live source knows any of these tools: none has a link or a package that one goes by.")


async def _said(url: str, names: "Sequence[str]") -> "Sequence[Said]":
    # Late, because --help needs no database.
    from catalog.freshness import said
    from catalog.service import Catalog
    from catalog.sources.sources import SOURCES

    async with Catalog.open(url, noting=False) as catalog:
        return await said(catalog, SOURCES, resolved(catalog, names))
