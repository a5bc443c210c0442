"""One table of all figures at the end of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest
    from pytest_benchmark.session import BenchmarkSession

#: Wide enough for a terminal of the usual width.
_WIDTH = 100
#: Extra figures under which a benchmark says more: how many pongs its answer takes, the 99th percentile in seconds,
#: how many of our answers fit into one of WRatio's, what a name takes in memory, and the longest time in seconds
#: that an event loop was held up.
PONGS = "pongs"
P99 = "p99"
WRATIOS = "wratios"
BYTES_A_NAME = "bytes_a_name"
PAUSE = "pause"


def _duration(seconds: float) -> str:
    for unit, size in (("s", 1), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:,.2f} {unit}"
    return f"{seconds / 1e-6:,.1f} µs"


def _more(figures: Mapping[str, float]) -> str:
    """Word the extra figures that a benchmark has."""
    worded = {
        PONGS: "{:.2f} pongs",
        WRATIOS: "{:,.0f} of ours",
        BYTES_A_NAME: "{:.0f} bytes a name",
        PAUSE: "held up {duration}",
    }
    return ", ".join(
        text.format(figure, duration=_duration(figure))
        for name, text in worded.items()
        for figure in [figures.get(name)]
        if figure
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what was measured: the median, how far the middle half spreads, and what more there is to say."""
    session: BenchmarkSession | None = getattr(config, "_benchmarksession", None)
    measured = [one for one in session.benchmarks if one.stats.data] if session else []
    if not measured:
        return
    table = Table(
        "Benchmark",
        width=_WIDTH,
        caption="pongs: beside a bot that only answers “pong”, in this run; held up: an event loop, at most",
    )
    for heading in ("median", "± half of IQR", "p99", "rounds", "more"):
        table.add_column(heading, justify="right")
    for one in measured:
        p99 = one.extra_info.get(P99)
        table.add_row(
            one.name.removeprefix("test_").replace("_", " ").replace("[", " ").rstrip("]"),
            _duration(one.stats.median),
            _duration(one.stats.iqr / 2),
            _duration(p99) if p99 else "",
            str(one.stats.rounds),
            _more(one.extra_info),
        )
    console = Console(width=_WIDTH, color_system=None)
    with console.capture() as captured:
        console.print(table)
    terminalreporter.write_line("")
    terminalreporter.write(captured.get())
