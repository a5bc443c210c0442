"""One table of all figures at the end of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    import pytest
    from pytest_benchmark.session import BenchmarkSession

#: Wide enough for a terminal of the usual width.
_WIDTH = 100
#: The extra figure under which a benchmark says how many pongs its answer takes.
PONGS = "pongs"


def _duration(seconds: float) -> str:
    for unit, size in (("s", 1), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:,.2f} {unit}"
    return f"{seconds / 1e-6:,.1f} µs"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what was measured: the median, how far the middle half spreads, and whole commands in pongs."""
    session: BenchmarkSession | None = getattr(config, "_benchmarksession", None)
    measured = [one for one in session.benchmarks if one.stats.data] if session else []
    if not measured:
        return
    table = Table(
        "Benchmark", width=_WIDTH, caption="pongs: beside a bot that only answers “pong”, in this run"
    )
    for heading in ("median", "± half of IQR", "rounds", "pongs"):
        table.add_column(heading, justify="right")
    for one in measured:
        pongs = one.extra_info.get(PONGS)
        table.add_row(
            one.name.removeprefix("test_").replace("_", " ").replace("[", " ").rstrip("]"),
            _duration(one.stats.median),
            _duration(one.stats.iqr / 2),
            str(one.stats.rounds),
            f"{pongs:.2f}" if pongs else "",
        )
    console = Console(width=_WIDTH, color_system=None)
    with console.capture() as captured:
        console.print(table)
    terminalreporter.write_line("")
    terminalreporter.write(captured.get())
