"""What is measured of a tool, and what each figure counts for: the signals behind a rank.

Counts go on logarithmic curves, where the step from 100 to 1,000 means as much as the one from 10,000 to
100,000; scores on linear ones; ages are halved again and again. Floors and ceilings are stated in `METRICS`:
below the floor a figure counts 0, above the ceiling 1.

What is cheap to push (stars) weighs less than what is not (downloads, contributors, dependants). The size of a
model is no merit, and neither is how old a project is: `released_on` counts for what is released once and then
ages (models, data sets, benchmarks), the last commit for code that lives.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.models import ComponentName, LinkKind, Task, Tool, ToolType
from catalog.tasks import tasks_of

if TYPE_CHECKING:
    from collections.abc import Mapping

Curve = Callable[[float], float]

#: All signals ``benchmark:<name>`` are one metric: the mean of the percentages.
BENCHMARK = "benchmark"
#: The document's own release date, read as a signal.
RELEASED_ON = "released_on"

_DAYS_A_YEAR = 365.25
_HALF_A_YEAR = 180


def log_curve(floor: float, ceiling: float) -> Curve:
    """Make a curve for counts: 0 at or below `floor`, 1 at or above `ceiling`, logarithmic between."""
    span = math.log(ceiling / floor)
    return lambda value: min(math.log(value / floor) / span, 1.0) if value > floor else 0.0


def linear_curve(floor: float, ceiling: float) -> Curve:
    """Make a curve for scores: 0 at `floor`, 1 at `ceiling`; a floor above the ceiling makes less better."""
    return lambda value: min(max((value - floor) / (ceiling - floor), 0.0), 1.0)


def half_life(days: float) -> Curve:
    """Make a curve for age in days: 1 for today, halved with every `days` that pass."""
    return lambda age: 0.5 ** (max(age, 0.0) / days)


@dataclass(frozen=True)
class Metric:
    """What a figure counts for.

    Attributes:
        name: the signal's metric.
        label: its name for people.
        component: the part of the rank that it belongs to.
        weight: how much it counts within its component, against the others there.
        curve: brings the figure to 0..1.
        expected_of: of which tools it is missed when it isn't there; it counts for any that have it.
        ages: the figure is an age in days when observed, and grows with every day since.
    """

    name: str
    label: str
    component: ComponentName
    weight: float
    curve: Curve
    expected_of: Callable[[Tool], bool]
    ages: bool = False


_CODE = frozenset(
    {ToolType.REPOSITORY, ToolType.FRAMEWORK, ToolType.LIBRARY, ToolType.MCP_SERVER, ToolType.EXTENSION}
)
_PACKAGES = frozenset({ToolType.FRAMEWORK, ToolType.LIBRARY})
RELEASED_ONCE = frozenset({ToolType.MODEL, ToolType.DATASET, ToolType.BENCHMARK})
_LANGUAGE = frozenset({Task.TEXT_GENERATION, Task.REASONING, Task.CODING, Task.CHAT})


def _public_code(tool: Tool) -> bool:
    linked = any(link.kind is LinkKind.REPOSITORY for link in tool.links)
    return (
        (tool.type in _CODE or linked) and tool.type is not ToolType.MODEL and tool.licence != "Proprietary"
    )


def _package(tool: Tool) -> bool:
    return tool.type in _PACKAGES


def _downloadable(tool: Tool) -> bool:
    on_hub = any(link.kind is LinkKind.MODEL_HUB for link in tool.links)
    return _package(tool) or (tool.type is ToolType.MODEL and on_hub)


def _language_model(tool: Tool) -> bool:
    return tool.type is ToolType.MODEL and not _LANGUAGE.isdisjoint(tasks_of(tool))


def _released_once(tool: Tool) -> bool:
    return tool.type in RELEASED_ONCE


def _anything(tool: Tool) -> bool:  # noqa: ARG001 (a rule takes the tool, even where all tools pass)
    return True


#: Every metric that counts, with its floor and ceiling. A metric that isn't here is shown, never counted.
METRICS: Mapping[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("github_stars", "GitHub stars", "adoption", 1, log_curve(10, 200_000), _public_code),
        Metric(
            "monthly_downloads", "downloads a month", "adoption", 2, log_curve(100, 50_000_000), _downloadable
        ),
        Metric("lmarena_score", "LMArena score", "quality", 3, linear_curve(900, 1500), _language_model),
        Metric(BENCHMARK, "benchmarks", "quality", 3, linear_curve(0, 100), _language_model),
        Metric(
            "hallucination_rate_pct", "hallucination rate", "quality", 1, linear_curve(20, 0), _language_model
        ),
        Metric(
            "context_window", "context window", "quality", 1, log_curve(2_048, 1_048_576), _language_model
        ),
        Metric("github_forks", "GitHub forks", "ecosystem", 1, log_curve(5, 50_000), _public_code),
        Metric("contributors", "contributors", "ecosystem", 2, log_curve(1, 2_000), _public_code),
        Metric("dependent_projects", "dependent projects", "ecosystem", 2, log_curve(1, 500_000), _package),
        Metric("times_matched", "times matched", "match_graph", 1, log_curve(1, 10_000), _anything),
        Metric(RELEASED_ON, "release date", "freshness", 1, half_life(_DAYS_A_YEAR), _released_once),
        Metric(
            "days_since_commit",
            "days since the last known commit",
            "freshness",
            1,
            half_life(_HALF_A_YEAR),
            _public_code,
            ages=True,
        ),
    )
}
