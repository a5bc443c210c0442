"""Runs, baselines and the report, on the smallest sets there are."""

from __future__ import annotations

import json

import pytest

from tests.evaluation import names, report
from tests.evaluation.baselines import Trigrams, WRatio
from tests.evaluation.catalogs import load
from tests.evaluation.measures import Found, Judged, Tally
from tests.evaluation.runs import Run
from tests.evaluation.sets import EvaluationSet, Query, Wanted


@pytest.mark.parametrize("baseline", [WRatio, Trigrams])
def test_baselines_find_names_and_aliases(baseline: type[WRatio | Trigrams]) -> None:
    """The baselines are worth comparing with: a slip, another order and an alias are no trouble for them."""
    ask = baseline(load("starter"))
    wanted = {"midjurney": "midjourney", "sonnet claude 4.5": "claude-sonnet-4-5", '"chatgpt"': "chatgpt"}
    assert {typed: ask(typed).slugs[0] for typed in wanted} == wanted
    assert ask("mistralai/mistral-small-24b-instruct-2501").slugs[0] == "mistral-small-3"
    assert 1 < len(ask("claude").slugs) == len(set(ask("claude").slugs)) <= 5
    ask('?"')


def test_figures_come_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Scripts read every figure by the name of its set."""
    assert names.main(["--only", "own", "--ours", "--json"]) == 0
    own = json.loads(capsys.readouterr().out)["own"]
    assert own["names"] == len(load("starter"))
    assert 0 < own["ours"]["within_1"] <= own["ours"]["within_5"] <= 1
    assert own["baselines"] == {}
    assert set(own["kinds"]) >= {"typo", "family", "ooc"}


def test_tables_and_misses_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """People get tables, the kinds of queries, and some of the misses."""
    assert names.main(["--only", "own", "--ours", "--by-kind", "--misses", "3"]) == 0
    printed = capsys.readouterr().out
    assert all(
        title in printed for title in ("Finding the right tool", "Deciding", "phonetic", "Misses of own")
    )


def test_an_unknown_set_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the name of a set doesn't pass for an empty evaluation."""
    assert names.main(["--only", "owl", "--sizes", "1k"]) == 2
    assert "own" in capsys.readouterr().err


def test_misses_show_brackets_as_they_were_typed() -> None:
    """Text in brackets is text, no markup."""
    query = Query("flux [dev]", frozenset({"flux"}), "typo", Wanted.TOOL)
    judged = Judged(query, Found(("sora",), None), 0.1)
    table = report.misses(Run(EvaluationSet("some", "ai", (query,)), 1, 0.1, Tally((judged,))), 5)
    assert str(next(iter(table.columns[0].cells))) == "flux [dev]"
