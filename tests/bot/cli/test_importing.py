"""Importing public data from the command line: foreseen field by field, taken in together, taken back."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.cli.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Ask = Callable[..., Any]

#: Tools of an import that takes long enough to be killed in its middle.
MANY = 800
#: Bytes that are written by then: far more than opening the database writes.
WRITTEN = 500_000
HEADER = "rank,item,repo_name,stars,forks,language,repo_url,username,issues,last_commit,description"
OURS = """
- name: vLLM
  type: framework
  vendor: vLLM project
  links: [{kind: repository, url: https://github.com/vllm-project/vllm}]
"""


def row(owner: str, name: str, stars: object) -> str:
    """Write a line of a ranking."""
    url = f"https://github.com/{owner}/{name}"
    return f"1,LLM,{name},{stars},7,Python,{url},{owner},3,2026-08-20T01:02:03Z,Serves models."


@pytest.fixture
def ranking(tmp_path: Path) -> Path:
    """A ranking of two repositories, one of which the catalog has under another name, and an odd row."""
    file = tmp_path / "ranking-2026-08-22.csv"
    rows = (row("vllm-project", "vllm", 5), row("acme", "probe", 6), row("", "@everyone", 1))
    file.write_text("\n".join((HEADER, *rows)))
    return file


@pytest.fixture
def known(ask: Ask, tmp_path: Path) -> None:
    """A catalog of one tool."""
    (tmp_path / "ours.yaml").write_text(OURS)
    assert ask("import", "ours.yaml").code == 0


@pytest.mark.usefixtures("known")
def test_a_dry_run_goes_field_by_field(ask: Ask, ranking: Path) -> None:
    """It shows by what a tool was found, what it would gain and from whom, and what is left out and why."""
    said = ask("import", ranking, "--dry-run")
    assert said.code == 0
    assert "vllm: same repository (github.com/vllm-project/vllm)" in said.out
    assert "5 stars (GitHub Ranking AI," in said.out
    assert "ranking-2026-08-22.csv" in said.out
    assert "Would be: 1 added, 1 changed, 0 unchanged, 1 rejected, 0 warnings" in said.out
    assert "ranking-2026-08-22.csv:4" in said.err
    assert "is no repository" in said.err
    found = ask("import", ranking, "--dry-run", "--json").json
    labels = [one["label"] for one in found["changes"]["vllm"]["differences"]]
    assert "Signal github_stars (GitHub Ranking AI, 2026-08-22)" in labels
    # What our document says stays as it is.
    assert not {"Vendor", "Type", "Name"} & set(labels)
    assert found["files"] == [
        {
            "file": "ranking-2026-08-22.csv",
            "form": "GitHub Ranking AI",
            "licence": "MIT",
            "rejected": 1,
            "added": 1,
            "changed": 1,
            "unchanged": 0,
        }
    ]


@pytest.mark.usefixtures("known")
def test_an_import_is_undone_by_its_number(ask: Ask, ranking: Path, database: Path) -> None:
    """All of it is one change, and undoing it leaves the documents as they were, to the byte."""
    before = _documents(database)
    done = ask("import", ranking, "--json").json
    assert (done["added"], done["changed"], len(done["rejected"])) == (1, 1, 1)
    again = ask("import", ranking, "--json").json
    assert (again["added"], again["changed"], again["unchanged"], again["change"]) == (0, 0, 2, None)
    undone = ask("undo", done["change"], "--json").json
    assert undone["tools"] == 2
    assert _documents(database) == before
    assert ask("undo", undone["change"]).code == 0
    assert ask("import", ranking, "--json").json["unchanged"] == 2


@pytest.mark.usefixtures("known")
def test_what_was_changed_since_is_chosen(ask: Ask, ranking: Path, tmp_path: Path) -> None:
    """An import whose tools were edited again is undone with what came later, or around it."""
    done = ask("import", ranking, "--json").json["change"]
    (tmp_path / "later.yaml").write_text("- {name: probe, slug: probe, vendor: We}")
    later = ask("import", "later.yaml", "--json").json
    assert later["changed"] == 1
    refused = ask("undo", done)
    assert (refused.code, refused.out) == (1, "")
    assert "--keep-later leaves that, --discard-later undoes it too" in refused.err
    assert ask("undo", done, "--keep-later", "--discard-later").code == 2
    kept = ask("undo", done, "--keep-later", "--json").json
    assert ask("rank", "probe").code == 0
    assert ask("undo", kept["change"]).code == 0
    assert ask("undo", done, "--discard-later").code == 0
    assert ask("rank", "probe").code == 3


def test_a_change_that_is_not_there(ask: Ask, ranking: Path) -> None:
    """Its number is named, and the exit code is that of what isn't found."""
    ask("import", ranking)
    said = ask("undo", 99)
    assert (said.code, said.out) == (3, "")
    assert "no change 99" in said.err


def test_the_day_of_the_facts(ask: Ask, ranking: Path, tmp_path: Path) -> None:
    """A file that says nothing of its day is dated by who imports it, else by when it was saved, with a warning."""
    undated = ranking.rename(tmp_path / "ranking.csv")
    said = ask("import", undated, "--dry-run")
    assert "when it was saved (--observed-on says another)" in said.err
    given = ask("import", undated, "--dry-run", "--json", "--observed-on", "2026-09-01").json
    assert given["warnings"] == []
    assert given["slugs"]["added"] == ["vllm", "probe"]
    ask("import", undated, "--observed-on", "2026-09-01")
    labels = [
        one["label"]
        for one in ask(
            "import", ranking.with_name("ranking.csv"), "--dry-run", "--json", "--observed-on", "2026-10-01"
        ).json["changes"]["probe"]["differences"]
    ]
    assert "Signal github_stars (GitHub Ranking AI, 2026-10-01)" in labels
    assert ask("import", undated, "--observed-on", "last week").code == 2


def test_a_tables_columns_can_be_told(ask: Ask, tmp_path: Path) -> None:
    """A CSV file of anybody's is read by what its headers are said to mean."""
    (tmp_path / "liste.csv").write_text("Werkzeug,Wer\nProbe,Acme\n")
    assert ask("import", "liste.csv").code == 1
    assert ask("import", "liste.csv", "--column", "Werkzeug=name", "--column", "Wer=vendor").code == 0
    assert '"vendor": "Acme"' in ask("export", "all.json").out + (tmp_path / "all.json").read_text()
    assert ask("import", "liste.csv", "--column", "name").code == 2


@pytest.mark.usefixtures("known")
def test_a_killed_import_leaves_the_catalog_as_before(ask: Ask, tmp_path: Path, database: Path) -> None:
    """Killed in the middle of its writing, an import has changed nothing, and can be run again."""
    file = tmp_path / "large-2026-08-22.csv"
    file.write_text("\n".join((HEADER, *(row("acme", f"probe-{n}", n) for n in range(MANY)))))
    before = _documents(database)
    # What is written and not yet committed lies in the log beside the database.
    log = database.with_name(f"{database.name}-wal")
    command = [sys.executable, "-m", "bot", "import", str(file)]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}) as importing:
        while importing.poll() is None and not (log.exists() and log.stat().st_size > WRITTEN):
            time.sleep(0.002)
        importing.kill()
    assert importing.returncode == -signal.SIGKILL
    assert _documents(database) == before
    assert ask("import", file, "--json").json["added"] == MANY


def _documents(file: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT slug, document FROM tools ORDER BY slug").fetchall()
