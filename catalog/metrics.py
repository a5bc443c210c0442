"""What is measured of a tool, and what each figure counts for: the signals behind a rank.

Each metric states its curve (`catalog.curves`), of which tools it is expected, and how long its figures hold.
A metric that isn't in `METRICS` is shown, never counted.

What is cheap to push (stars) weighs less than what is not (downloads, contributors, dependants). The size of a
model is no merit, and neither is how old a project is: `released_on` counts for what is released once and then
ages (models, data sets, benchmarks), the last commit for code that lives.

**Stale.** A figure holds for some days of grace and is then forgotten by half with each half-life. How long
depends on how fast the thing moves. A test result of what was released once stays true for as long as that is
used; of a product that changes under the same name it doesn't.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from catalog.curves import Curve, half_life, linear_curve, log_curve
from catalog.models import ComponentName, LinkKind, Task, Tool, ToolType
from catalog.tasks import tasks_of

if TYPE_CHECKING:
    from collections.abc import Mapping

#: All signals ``benchmark:<name>`` are one metric: the mean of their scores.
BENCHMARK = "benchmark"
#: The document's own release date, read as a signal.
RELEASED_ON = "released_on"

_DAYS_A_YEAR = 365.25
_HALF_A_YEAR = 180
#: After so many half-lives no more is forgotten: a thousandth tells a figure from none at all.
_HALF_LIVES = 10


class Kind(StrEnum):
    """What a tool is as far as measuring goes; the words say of what a metric is expected."""

    CODE = "public code"
    PACKAGE = "frameworks and libraries"
    DOWNLOADABLE = "packages, and models on a hub"
    LANGUAGE = "language models"
    RELEASED_ONCE = "models, data sets and benchmarks"
    ANYTHING = "any tool"


@dataclass(frozen=True, slots=True)
class Staleness:
    """How long a figure holds: for days of `grace`, then it is forgotten by half with each `half_life` (days).

    With `lasting` that doesn't go for what is released once: its results stay its results.
    """

    grace: int
    half_life: int
    lasting: bool = False

    def share(self, age: float) -> float:
        """Say how much (0..1) of a figure has gone stale at an age in days; never all of it."""
        return 1.0 - math.exp2(-min(max(age - self.grace, 0.0) / self.half_life, _HALF_LIVES))

    @property
    def text(self) -> str:
        """Say it in words."""
        frozen = "; never for what is released once" if self.lasting else ""
        return f"after {self.grace} days, by half every {self.half_life}{frozen}"


@dataclass(frozen=True, slots=True)
class Metric:
    """What a figure counts for.

    Attributes:
        name: the signal's metric.
        label: its name for people.
        component: the part of the rank that it belongs to.
        weight: how much it counts within its component, against the others there.
        curve: brings the figure to 0..1.
        expected_of: of which tools it is missed when it isn't there; it counts for any that have it.
        found: where such a figure comes from.
        stale: how long a figure holds; None for what stays true.
        ages: the figure is an age in days when observed, and grows with every day since.
        grows: what more of it is called, where aiming for more does no harm and can't be bought for little.
    """

    name: str
    label: str
    component: ComponentName
    weight: float
    curve: Curve
    expected_of: Kind
    found: str
    stale: Staleness | None
    ages: bool = False
    grows: str | None = None

    def stale_share(self, age: float, *, frozen: bool) -> float:
        """Say how much (0..1) of a figure has gone stale at an age in days; `frozen` is what is released once."""
        stale = self.stale
        if stale is None or age <= stale.grace or (frozen and stale.lasting):
            return 0.0
        return stale.share(age)


_CODE = frozenset(
    {ToolType.REPOSITORY, ToolType.FRAMEWORK, ToolType.LIBRARY, ToolType.MCP_SERVER, ToolType.EXTENSION}
)
_PACKAGES = frozenset({ToolType.FRAMEWORK, ToolType.LIBRARY})
RELEASED_ONCE = frozenset({ToolType.MODEL, ToolType.DATASET, ToolType.BENCHMARK})
_LANGUAGE = frozenset({Task.TEXT_GENERATION, Task.REASONING, Task.CODING, Task.CHAT})


def kinds_of(tool: Tool) -> frozenset[Kind]:
    """Say what a tool is as far as measuring goes: which figures it could have."""
    links = {link.kind for link in tool.links}
    model = tool.type is ToolType.MODEL
    has_code = tool.type in _CODE or LinkKind.REPOSITORY in links
    package = tool.type in _PACKAGES
    is_a = {
        Kind.CODE: has_code and not model and tool.licence != "Proprietary",
        Kind.PACKAGE: package,
        Kind.DOWNLOADABLE: package or (model and LinkKind.MODEL_HUB in links),
        Kind.LANGUAGE: model and not _LANGUAGE.isdisjoint(tasks_of(tool)),
        Kind.RELEASED_ONCE: tool.type in RELEASED_ONCE,
        Kind.ANYTHING: True,
    }
    return frozenset(kind for kind, yes in is_a.items() if yes)


#: Stars and forks only ever add up, so an old count is nearly today's.
_ADDS_UP = Staleness(grace=_HALF_A_YEAR, half_life=365)
#: How much something is used changes within a season.
_MOVES = Staleness(grace=90, half_life=_HALF_A_YEAR)
#: A result is of the version that was tested.
_TESTED = Staleness(grace=_HALF_A_YEAR, half_life=365, lasting=True)
#: An arena's scores move with those who join it, however still a model stands.
_ARENA = Staleness(grace=_HALF_A_YEAR, half_life=365)

#: Every metric that counts.
METRICS: Mapping[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric(
            name="github_stars",
            label="GitHub stars",
            component="adoption",
            weight=1,
            curve=log_curve(10, 200_000),
            expected_of=Kind.CODE,
            found="the repository's page on GitHub",
            stale=_ADDS_UP,
        ),
        Metric(
            name="monthly_downloads",
            label="downloads a month",
            component="adoption",
            weight=2,
            curve=log_curve(100, 50_000_000),
            expected_of=Kind.DOWNLOADABLE,
            found="the package registry's or the model hub's own count",
            stale=_MOVES,
            grows="downloads a month",
        ),
        Metric(
            name="lmarena_score",
            label="LMArena score",
            component="quality",
            weight=3,
            curve=linear_curve(900, 1500),
            expected_of=Kind.LANGUAGE,
            found="LMArena's leaderboard, where people vote without knowing the model",
            stale=_ARENA,
        ),
        Metric(
            name=BENCHMARK,
            label="benchmarks",
            component="quality",
            weight=3,
            # Only where nobody published results to hold one against; else `catalog.benchmarks` has its curve.
            curve=linear_curve(0, 100),
            expected_of=Kind.LANGUAGE,
            found="a published run of a public benchmark that others can repeat",
            stale=_TESTED,
        ),
        Metric(
            name="hallucination_rate_pct",
            label="hallucination rate",
            component="quality",
            weight=1,
            curve=linear_curve(20, 0),
            expected_of=Kind.LANGUAGE,
            found="a public leaderboard of hallucination rates",
            stale=_TESTED,
        ),
        Metric(
            name="context_window",
            label="context window",
            component="quality",
            weight=1,
            curve=log_curve(2_048, 1_048_576),
            expected_of=Kind.LANGUAGE,
            found="the vendor's documentation",
            stale=_TESTED,
        ),
        Metric(
            name="github_forks",
            label="GitHub forks",
            component="ecosystem",
            weight=1,
            curve=log_curve(5, 50_000),
            expected_of=Kind.CODE,
            found="the repository's page on GitHub",
            stale=_ADDS_UP,
        ),
        Metric(
            name="contributors",
            label="contributors",
            component="ecosystem",
            weight=2,
            curve=log_curve(1, 2_000),
            expected_of=Kind.CODE,
            found="the repository's list of contributors",
            stale=_ADDS_UP,
            grows="people whose changes were taken in",
        ),
        Metric(
            name="dependent_projects",
            label="dependent projects",
            component="ecosystem",
            weight=2,
            curve=log_curve(1, 500_000),
            expected_of=Kind.PACKAGE,
            found="a dependency index such as deps.dev or GitHub's own",
            stale=_ADDS_UP,
            grows="projects that depend on it",
        ),
        Metric(
            name="times_matched",
            label="times matched",
            component="match_graph",
            weight=1,
            curve=log_curve(1, 10_000),
            expected_of=Kind.ANYTHING,
            found="the answers that people here accepted",
            stale=_MOVES,
        ),
        Metric(
            name=RELEASED_ON,
            label="release date",
            component="freshness",
            weight=1,
            curve=half_life(_DAYS_A_YEAR),
            expected_of=Kind.RELEASED_ONCE,
            found="the vendor's announcement",
            stale=None,
        ),
        Metric(
            name="days_since_commit",
            label="days since the last known commit",
            component="freshness",
            weight=1,
            curve=half_life(_HALF_A_YEAR),
            expected_of=Kind.CODE,
            found="the repository's history",
            stale=_MOVES,
            ages=True,
        ),
    )
}
