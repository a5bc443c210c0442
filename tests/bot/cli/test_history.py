from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bot.cli.conftest import Said

TOOL = """
name: Ant
type: library
signals:
  - {{metric: monthly_downloads, value: {downloads}, unit: downloads, source: a test, observed_on: "{day}"}}
reported:
  - {{source: "Unfragile: page A", observed_on: "2026-01", rank: 51}}
  - {{source: "Unfragile: page B", observed_on: "2026-02", rank: 55}}
"""


@pytest.fixture
def edited(ask: Callable[..., Said], tmp_path: Path) -> None:
    """A database in which one tool's downloads have grown."""
    today = datetime.now(UTC).date()
    for downloads, days in ((1_200_000, 9), (3_400_000, 2)):
        file = tmp_path / "ant.yaml"
        file.write_text(TOOL.format(downloads=downloads, day=(today - timedelta(days)).isoformat()))
        assert ask("import", file).code == 0


@pytest.mark.usefixtures("edited")
def test_what_changed_is_told(ask: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    """The difference, each reason with its points, every entry, and what nobody explains; at most 100 columns."""
    monkeypatch.setenv("COLUMNS", "100")
    said = ask("history", "ant")
    assert said.code == 0
    assert "- downloads a month 1.2M -> 3.4M: +" in said.out
    assert "edit 1" in said.out
    assert "edit 2" in said.out
    assert "unexplained, neither page says why." in " ".join(said.out.split())
    assert all(len(line) <= 100 for line in said.out.splitlines())


@pytest.mark.usefixtures("edited")
def test_for_scripts(ask: Callable[..., Said]) -> None:
    """With --json the entries come with all of their inputs, and the items add up to the difference."""
    told = ask("history", "ant", "--json").json
    assert [entry["cause"] for entry in told["entries"]] == ["edit", "edit"]
    assert told["entries"][0]["components"][0]["signals"][0]["value"] == 1_200_000
    why = told["explanation"]
    assert why["shown"] == pytest.approx(sum(item["shown"] for item in why["items"]))
    assert why["points"] == pytest.approx(told["now"]["rank"] - told["entries"][0]["rank"])
    assert [score["rank"] for score in told["reported"]] == [51, 55]
    assert len(told["unexplained"]) == 1


@pytest.mark.usefixtures("edited")
def test_days_can_be_chosen(ask: Callable[..., Said]) -> None:
    """From and to choose what is held against what; what is no day, or ends before it begins, is refused."""
    told = ask("history", "ant", "--from", "2001-01-01", "--to", "2001-01-02", "--json").json
    assert told["explanation"]["items"] == []
    for words, reason in (
        (("--from", "yesterday"), "--from takes a day such as 2026-03-01"),
        (("--from", "2026-02-01", "--to", "2026-01-01"), "--from is later than --to"),
    ):
        said = ask("history", "ant", *words)
        assert said.code == 2
        assert reason in said.err


def test_what_has_no_history(ask: Callable[..., Said], pages: tuple[Path, Path]) -> None:
    """A tool that was never measured says so; an unknown one is not found; files have no ledger."""
    assert ask("import", *pages).code == 0
    assert "Nothing was ever measured of it." in ask("history", "stable diffusion").out
    assert ask("history", "quetzal nine").code == 3
    assert ask("--catalog", pages[0], "history", "stable diffusion").code == 2
