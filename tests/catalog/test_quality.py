from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from catalog.errors import ImportFileError
from catalog.importers import read_file
from catalog.models import Tool, ToolType
from catalog.quality import Intended, counts, lists_lie_in, read_lists
from catalog.quality.finding import name_of, says
from catalog.quality.review import ALL_RULES
from catalog.quality.vocabulary import CAPABILITIES, DESCRIPTION
from tests.catalog.made import SENTENCE, capability, entry, found, one, signal

if TYPE_CHECKING:
    from pathlib import Path


def test_a_good_entry_breaks_no_rule() -> None:
    """Two of them neither."""
    assert not found(entry("Ant"), entry("Bee", signals=[signal()]), intended=Intended())


BAD: dict[str, tuple[Tool, tuple[int | str, ...], str]] = {
    "vendor": (entry(vendor=None), ("vendor",), "no vendor"),
    "licence": (entry(licence=None), ("licence",), "no licence"),
    "type": (entry(type="other"), ("type",), "no type"),
    "few": (entry(capabilities=[capability("Ant one")]), ("capabilities",), "describe 5 more"),
    "summary": (entry(summary="word " * 26), ("summary",), "26 words"),
    "tag": (entry(tags=["local", "speedy"]), ("tags", 1), '"speedy" isn\'t in the vocabulary'),
    "tag twice": (entry(tags=["local", "local"]), ("tags", 1), "given twice"),
    "open": (entry(tags=["open-source"], licence="Proprietary"), ("tags",), "yet proprietary"),
    "spdx": (entry(licence="Apache 2.0"), ("licence",), "write Apache-2.0"),
    "case": (entry(licence="mit"), ("licence",), "write MIT"),
    "later": (entry(licence="AGPL-3.0"), ("licence",), "write AGPL-3.0-only or AGPL-3.0-or-later"),
    "short": (entry(licence="GPLv3"), ("licence",), "write GPL-3.0-only or GPL-3.0-or-later"),
    "no licence": (entry(licence="unknown"), ("licence",), "leave it out where none is stated"),
    "no spdx": (entry(licence="AntLicence"), ("licence",), "check how it is spelt"),
    "price": (
        entry(
            pricing={
                "kind": "free",
                "starting": {"usd": 1, "unit": "month", "source": "x", "observed_on": "2026"},
            }
        ),
        ("pricing",),
        "whose price",
    ),
    "successor": (entry(successor="bee"), ("successor",), "isn't shown"),
    "title": (one(title=None), ("capabilities", 0, "title"), "without a title"),
    "long title": (one(title="x" * 61), ("capabilities", 0, "title"), "61 characters"),
    "same title": (one(title="ONE"), ("capabilities", 1, "title"), "a second capability"),
    "few words": (one(description="Too short."), ("capabilities", 0, "description"), "2 words"),
    "unique": (one(unique=None), ("capabilities", 0, "unique"), "without unique"),
    "versus": (one(versus=None), ("capabilities", 0, "versus"), "without versus"),
    "praise": (one(unique="a Cutting-edge thing"), ("capabilities", 0, "unique"), '"Cutting-edge" praises'),
    "future": (entry(signals=[signal(observed_on="2099")]), ("signals", 0, "observed_on"), "yet to come"),
    "metric": (entry(signals=[signal(metric="fame")]), ("signals", 0, "metric"), "counts for nothing"),
    "percent": (
        entry(signals=[signal(metric="benchmark:gpqa", value=101, unit="percent")]),
        ("signals", 0, "value"),
        "can't be",
    ),
    "percent of any case": (
        entry(signals=[signal(metric="benchmark:gpqa", value=300, unit="Percent")]),
        ("signals", 0, "value"),
        "can't be",
    ),
    "benchmark in points": (
        entry(signals=[signal(metric="benchmark:arena", value=1400, unit="Elo")]),
        ("signals", 0, "unit"),
        "a benchmark in Elo counts for nothing",
    ),
    "metric of nothing": (
        entry(signals=[signal(metric="benchmark")]),
        ("signals", 0, "metric"),
        "counts for",
    ),
    "part of a metric": (
        entry(signals=[signal(metric="github_stars:ant")]),
        ("signals", 0, "metric"),
        "counts for nothing",
    ),
    "share-alike": (
        entry(signals=[signal(licence="CC-BY-SA-4.0")]),
        ("signals", 0, "licence"),
        "same licence",
    ),
    "figure twice": (entry(signals=[signal(), signal(value=2)]), ("signals", 1), "stands here twice"),
    "name twice": (entry(aliases=["Emmet", "emmet"]), ("aliases", 1), "given twice"),
    "said twice": (one(unique=SENTENCE, versus=SENTENCE), ("capabilities", 0, "versus"), "said twice"),
}


@pytest.mark.parametrize("bad", BAD)
def test_each_rule_finds_what_breaks_it(bad: str) -> None:
    """And nothing else is found; the way leads to the field, and the sentence says what is wrong."""
    tool, path, told = BAD[bad]
    (finding,) = found(tool)
    assert finding.spot.path == path
    assert told in finding.reason


@pytest.mark.parametrize(
    "licence",
    [
        "Apache-2.0",
        "Apache-2.0 AND MIT",
        "Proprietary",
        "Llama 2 Community License",
        "House Terms 1.0 and MIT",
    ],
)
def test_licences_that_are_fine(licence: str) -> None:
    """An identifier, an expression of them, the word for none, a name in words."""
    assert not found(entry(licence=licence))


def test_what_others_say_is_not_judged() -> None:
    """A capability that names its source isn't our text."""
    assert not found(one(description="Powerful!", unique=None, versus=None, source="Somebody: a page"))


def test_lists_are_read_with_their_reasons(tmp_path: Path) -> None:
    """A folder may have either list, both or none."""
    assert not lists_lie_in(tmp_path)
    (tmp_path / "wanted.toml").write_text('"LangSmith" = "traces"\n')
    assert lists_lie_in(tmp_path)
    (tmp_path / "intended.toml").write_text(
        '[names]\n"Six-Legs" = "both"\n[missing]\n"ant.licence" = "none"\n[twice]\n"It carries." = "true"\n'
        '[terms]\nlanguages = ["Python"]\nfeatures = ["Canvas"]\n'
    )
    assert read_lists(tmp_path) == Intended(
        wanted={"LangSmith": "traces"},
        terms=frozenset({"Python"}),
        features=frozenset({"Canvas"}),
        names={"six legs": "both"},
        missing={"ant.licence": "none"},
        twice={"it carries": "true"},
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[names", "can't be read"),
        ('[nmes]\nx = "y"\n', "no table of it"),
        ('[names]\nx = ""\n', "no reason"),
        ("names = 3\n", "tables of names"),
        ('[terms]\nlanguages = "Python"\n', "lists of names"),
    ],
)
def test_a_broken_list_says_why(tmp_path: Path, text: str, told: str) -> None:
    """Each exception has a reason, and no table is misspelt."""
    (tmp_path / "intended.toml").write_text(text)
    with pytest.raises(ImportFileError, match=told):
        read_lists(tmp_path)


def test_a_list_is_not_read_as_a_tool(tmp_path: Path) -> None:
    """Nothing that reads catalogs takes a list for one."""
    (tmp_path / "wanted.toml").write_text('"LangSmith" = "traces"\n')
    with pytest.raises(ImportFileError):
        read_file(tmp_path / "wanted.toml")


def test_counts_are_by_type() -> None:
    """In the order of the types, and all of them at the end."""
    counted = counts([entry("Bee", type="model", signals=[signal()]), entry("Ant")])
    assert [tuple(count) for count in counted] == [
        (ToolType.MODEL, 1, 6, 1),
        (ToolType.PRODUCT, 1, 6, 0),
        (None, 2, 12, 1),
    ]


def test_every_rule_says_what_to_do() -> None:
    """In one sentence, with the limits as they are."""
    said = {name_of(rule): says(rule) for rule in ALL_RULES}
    assert all(sentence and "\n" not in sentence and "{" not in sentence for sentence in said.values())
    assert str(CAPABILITIES) in said["few capabilities"]
    assert all(str(limit) in said["description"] for limit in DESCRIPTION)
