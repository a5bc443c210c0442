"""The real command line on a database of its own, in a folder of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from bot.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 (any JSON value)
        """What it printed for scripts."""
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the operator's own settings out, and give the file of a database that doesn't exist yet."""
    for name in ("DISCORD_TOKEN", "HEALTH_PORT", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "matchbook.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    return file


@pytest.fixture
def ask() -> Callable[..., Said]:
    """Run a command line in this process: words, and what comes in on stdin."""

    def run(*words: str | Path, stdin: str | bytes = "") -> Said:
        result = CliRunner().invoke(app, [str(word) for word in words], input=stdin)
        assert isinstance(result.exception, SystemExit | None), result.exception
        assert "Traceback" not in result.output
        return Said(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture(scope="session")
def pages() -> tuple[Path, Path]:
    """The two comparison pages that come with the demo."""
    first, second = sorted((ROOT / "bot" / "demo" / "pages").glob("*.txt"))
    return first, second


@pytest.fixture(scope="session")
def seeds() -> tuple[Path, ...]:
    """Two saved comparison pages of another site, where the machine has them."""
    found = tuple(sorted((ROOT.parent / "shared" / "seeds").glob("*.txt")))
    if not found:
        pytest.skip("the saved pages are not on this machine")
    return found
