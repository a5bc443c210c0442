"""Make `catalog/benchmarks.json` from the public results beside the project: `make benchmarks`.

Of a benchmark that several sources report, one is taken whole, as each runs it in its own way. Sources that ask
for their own licence in return are not used, and neither is HELM's file: it lists models without results.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from catalog.benchmarks import FEWEST, FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATA = Path(__file__).parents[3] / "shared" / "data"


class Result(NamedTuple):
    """One model's percentage in one benchmark."""

    benchmark: str
    model: str
    percent: float


class Source(NamedTuple):
    """Who published results, under which licence, as of when."""

    name: str
    licence: str
    published_on: str


def llm_stats() -> Iterator[Result]:
    """Read what vendors and testers report, gathered by LLM Stats."""
    models = json.loads((DATA / "llmstats" / "llmstats.json").read_text())["models"]
    for model, fields in models.items():
        for one in fields.get("qualitative_metrics") or ():
            name = re.sub(r"[^a-z0-9]+", "_", one["dataset_name"].casefold()).strip("_")
            yield Result(name, model, one["score"] * 100)


def evalplus() -> Iterator[Result]:
    """Read the harder tests of EvalPlus; its plain ones are reported by LLM Stats as well."""
    for model, fields in json.loads((DATA / "evalplus" / "results.json").read_text()).items():
        for name in ("humaneval+", "mbpp+"):
            if fields["pass@1"].get(name) is not None:
                yield Result(name.replace("+", "_plus"), model, fields["pass@1"][name])


def aider() -> Iterator[Result]:
    """Read aider's own leaderboards, second attempts as printed there."""
    for board in ("polyglot", "edit"):
        for run in yaml.safe_load((DATA / "aider" / f"{board}_leaderboard.yml").read_text()):
            yield Result(f"aider_{board}", run["model"], run["pass_rate_2"])


def made() -> dict[str, dict[str, Any]]:
    """Make the whole file; of two sources that report a benchmark the one that ran it itself is taken."""
    sources = [
        (Source("LLM Stats", "CC-BY-4.0", "2025-05-22"), llm_stats()),
        (Source("EvalPlus", "Apache-2.0", "2024-12-26"), evalplus()),
        (Source("Aider leaderboards", "Apache-2.0", "2026-05-22"), aider()),
    ]
    found: dict[str, dict[str, Any]] = {}
    for source, results in sources:
        found |= _references(source, results)
    return dict(sorted(found.items()))


def _references(source: Source, results: Iterable[Result]) -> Iterator[tuple[str, dict[str, Any]]]:
    best: dict[str, dict[str, float]] = {}
    for one in results:
        # A plain 0 stands for "not run" where it occurs; above 100 is a slip or no percentage.
        if 0 < one.percent <= 100:
            of_one = best.setdefault(one.benchmark, {})
            of_one[one.model] = max(one.percent, of_one.get(one.model, 0.0))
    for name, of_one in best.items():
        if len(of_one) >= FEWEST:
            deciles = [round(cut, 2) for cut in quantiles(of_one.values(), n=10, method="inclusive")]
            yield (
                name,
                {
                    "deciles": deciles,
                    "results": len(of_one),
                    "source": source.name,
                    "licence": source.licence,
                    "published_on": source.published_on,
                },
            )


def text() -> str:
    """Give the file as it is written, a benchmark a line."""
    lines = [f"  {json.dumps(name)}: {json.dumps(fields)}" for name, fields in made().items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
