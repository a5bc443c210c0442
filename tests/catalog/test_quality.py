from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from catalog.errors import ImportFileError
from catalog.importers import Authority, Incoming, read_file
from catalog.models import Tool, ToolType
from catalog.quality import Finding, Intended, counts, lists_lie_in, read_lists, review
from catalog.quality.review import ALL_RULES

if TYPE_CHECKING:
    from pathlib import Path

_NUMBERS = ("one", "two", "three", "four", "five", "six")


def entry(name: str = "Ant", **fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Give an entry that breaks no rule, but for the fields given."""
    good: dict[str, Any] = {
        "name": name,
        "type": "product",
        "vendor": f"{name} makers",
        "summary": f"{name} carries things.",
        "aliases": [f"{name}s"],
        "tasks": ["coding"],
        "tags": ["local"],
        "links": [{"kind": "homepage", "url": "https://example.com"}],
        "licence": "MIT",
        "pricing": {"kind": "free"},
        "capabilities": [capability(f"{name} {number}") for number in _NUMBERS],
    }
    return Tool.model_validate(good | fields)


def capability(title: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 (any field of a capability)
    """Give a capability that breaks no rule, but for the fields given."""
    return {
        "title": title,
        "description": f"{title} is something that it does, told in as many words as a reader needs to go on.",
        "unique": f"only {title}",
        "versus": f"unlike {title}",
        **fields,
    }


def one(**fields: Any) -> Tool:  # noqa: ANN401 (any field of a capability)
    """Give an entry whose first capability has other fields."""
    return entry(capabilities=[capability("Ant zero") | fields, *map(capability, _NUMBERS)])


def found(*tools: Tool, intended: Intended | None = None) -> list[Finding]:
    """Review entries of a file each."""
    return review([Incoming(tool, f"{tool.slug}.yaml:1", Authority.OWN) for tool in tools], intended=intended)


def signal(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 (any field of a signal)
    """Give a figure that breaks no rule, but for the fields given."""
    good = {
        "metric": "github_stars",
        "value": 1,
        "unit": "stars",
        "source": "GitHub",
        "observed_on": "2026-01",
    }
    return good | fields


def test_a_good_entry_breaks_no_rule() -> None:
    """Two of them neither."""
    assert not found(entry("Ant"), entry("Bee", signals=[signal()]), intended=Intended())


SENTENCE = "It carries leaves to the nest all day."
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
    "no spdx": (entry(licence="GPLv3"), ("licence",), "check how it is spelt"),
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
    "short": (one(description="Too short."), ("capabilities", 0, "description"), "2 words"),
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


def test_two_places_are_named() -> None:
    """A sentence and a name that stand in two entries point from the second to the first."""
    said = {"pricing": {"kind": "free"}, "summary": SENTENCE}
    names, sentences = (
        found(entry("Ant", aliases=["Six-legs"]), entry("Bee", aliases=["six legs"])),
        found(entry("Ant", **said), entry("Bee", **said)),
    )
    for (finding,), path in ((names, ("aliases", 0)), (sentences, ("summary",))):
        assert (finding.spot.incoming.tool.slug, finding.spot.path) == ("bee", path)
        assert finding.also is not None
        assert (finding.also.incoming.tool.slug, finding.also.path) == ("ant", path)


def test_what_is_intended_is_not_told() -> None:
    """Each kind of exception keeps its warning away."""
    tools = (
        entry("Ant", aliases=["Six-legs"], licence=None, summary=SENTENCE),
        entry("Bee", aliases=["six legs"], summary=SENTENCE),
    )
    assert len(found(*tools)) == 3
    intended = Intended(
        names={"six legs": "both have"},
        missing={"ant.licence": "none stated"},
        twice={SENTENCE.casefold().strip("."): "true"},
    )
    assert not found(*tools, intended=intended)


def test_successors_are_looked_up() -> None:
    """One without an entry, and one that is deprecated itself, are told where a folder has lists."""
    gone = entry("Ant", status="gone", successor="bee")
    assert not found(gone)
    (lost,) = found(gone, intended=Intended())
    assert "has no entry" in lost.reason
    (late,) = found(gone, entry("Bee", status="deprecated"), intended=Intended())
    assert "is deprecated" in late.reason


@pytest.mark.parametrize(
    ("versus", "strangers"),
    [
        ("Quicker than Zapier, and cheaper.", ["Zapier"]),
        ("LangSmith traces; n8n runs.", ["LangSmith"]),
        ("Unlike Agent Framework 2, and unlike AntFarm.", ["Agent Framework 2", "AntFarm"]),
        ("Where Bee falls short. Useful for Bees' own makers.", []),
        ("Carries things in Python and on GPUs.", []),
        ("Langflow draws the same.", ["Langflow"]),
        ("Zapier's own; Bee Pro isn't. Carrying is cheaper.", ["Zapier", "Pro"]),
    ],
)
def test_rivals_without_an_entry_are_strangers(versus: str, strangers: list[str]) -> None:
    """Tools, vendors, listed terms and ordinary words are known; other names are told, once each place."""
    tools = one(versus=versus), entry("Bee")
    intended = Intended(terms=frozenset({"Python", "GPU"}))
    findings = [one for one in found(*tools, intended=intended) if one.rule == "unknown rival"]
    assert [finding.reason.split('"')[1] for finding in findings] == strangers
    wanted = Intended(terms=frozenset({"Python", "GPU"}), wanted=dict.fromkeys(strangers, "a rival"))
    assert not found(*tools, intended=wanted)


def test_what_an_entry_speaks_of_elsewhere_is_no_stranger() -> None:
    """A part of the tool is explained where it is described."""
    tool = one(unique="It has AntFarms.", versus="Unlike HiveKit, AntFarm is one.")
    (finding,) = found(tool, intended=Intended())
    assert '"HiveKit" has no entry' in finding.reason


def test_only_what_is_asked_about_is_told() -> None:
    """What stands beside is known, and gets no finding of its own."""
    beside = [Incoming(entry("Bee", vendor=None), "bee.yaml:1", Authority.OWN)]
    ant = [Incoming(one(versus="Unlike Bee"), "ant.yaml:1", Authority.OWN)]
    assert not review(ant, intended=Intended(), beside=beside)


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("shelf/product/ant.yaml:1", []),
        ("ant.yaml:1", []),
        ("shelf/product/bee.yaml:1", ['"bee" for the slug "ant"']),
        ("shelf/model/ant.yaml:1", ['move it to "product"']),
    ],
)
def test_entries_are_where_they_are_looked_for(where: str, told: list[str]) -> None:
    """By type and slug, as far as the place is known."""
    findings = review([Incoming(entry(), where, Authority.OWN)], intended=Intended())
    assert len(findings) == len(told)
    assert all(text in finding.reason for text, finding in zip(told, findings, strict=True))


def test_lists_are_read_with_their_reasons(tmp_path: Path) -> None:
    """A folder may have either list, both or none."""
    assert not lists_lie_in(tmp_path)
    (tmp_path / "wanted.toml").write_text('"LangSmith" = "traces"\n')
    assert lists_lie_in(tmp_path)
    (tmp_path / "intended.toml").write_text(
        '[names]\n"Six-Legs" = "both"\n[missing]\n"ant.licence" = "none"\n[twice]\n"It carries." = "true"\n'
        '[terms]\nlanguages = ["Python"]\n'
    )
    assert read_lists(tmp_path) == Intended(
        wanted={"LangSmith": "traces"},
        terms=frozenset({"Python"}),
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
    """In one sentence."""
    assert all((rule.__doc__ or "").strip().count("\n") == 0 and rule.__doc__ for rule in ALL_RULES)
