from __future__ import annotations

import pytest

from catalog.importers import Authority, Incoming
from catalog.quality import Intended, review
from tests.catalog.made import NUMBERS, SENTENCE, capability, entry, found, one


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
    assert """the successor "bee" isn't in the catalog""" in lost.reason
    for status in ("deprecated", "gone"):
        (late,) = found(gone, entry("Bee", status=status), intended=Intended())
        assert f'the successor "bee" is {status} itself' in late.reason


@pytest.mark.parametrize(
    ("versus", "strangers"),
    [
        ("Quicker than Zapier, and cheaper.", ["Zapier"]),
        ("LangSmith traces; n8n runs.", ["LangSmith"]),
        ("Unlike Agent Framework 2, and unlike AntFarm.", ["Agent Framework 2", "AntFarm"]),
        ("Where Bee falls short. Useful for Bees' own makers.", []),
        ("Carries things in Python and on GPUs.", []),
        ("Langflow draws the same.", ["Langflow"]),
        ("Zapier's own; Bee Pro isn't. Carrying is cheaper.", ["Zapier", "Bee Pro"]),
        ("Bee makers' Bee, and Bee makers' Wasp 5.1 Pro.", []),
        ("Unlike Wasp 5.1 Pro 88.0 and Wasp 5.1 Pro (Python).", []),
        (
            "Unlike Wasp, Pro, Wasp 9 Pro, Wasp 5.1, Wasp 5.1 Pro Studio.",
            ["Wasp", "Pro", "Wasp 9 Pro", "Wasp 5.1", "Wasp 5.1 Pro Studio"],
        ),
        (
            "Bee 4o, Bee 2026, Bee-like, Wasp 5.1 Pro 2026, Python 20265.",
            ["Bee 4o", "Bee 2026", "Python 20265"],
        ),
        ("Bee 9 and Bee makers Pro Studio; Makers alone.", ["Bee 9", "Pro Studio"]),
        ("It ran in July 2026, not in July 31.", ["July 31"]),
        ("A Wasp 5.1 Pro-like thing (Bee), an 8B one and 70B of them.", []),
    ],
)
def test_rivals_without_an_entry_are_strangers(versus: str, strangers: list[str]) -> None:
    """Tools, vendors, listed terms and ordinary words are known; other names are told, once each place."""
    tools = one(versus=versus), entry("Bee"), entry("Wasp 5.1 Pro")
    intended = Intended(terms=frozenset({"Python", "GPU", "July"}))
    findings = [one for one in found(*tools, intended=intended) if one.rule == "unknown rival"]
    assert [finding.reason.split('"')[1] for finding in findings] == strangers
    wanted = Intended(terms=intended.terms, wanted=dict.fromkeys(strangers, "a rival"))
    assert not [one for one in found(*tools, intended=wanted) if one.rule == "unknown rival"]


def test_names_are_known_as_a_whole() -> None:
    """Words of names, and words that the entry uses elsewhere, make no name of a tool."""
    bees = [entry("Hive Opus 4"), entry("Nectar Studio"), entry("Hive", aliases=["HiveAI"])]
    ant = one(
        unique="It has a Hive Server.",
        versus="Unlike Hive Opus 9, HiveAI Nectar Studio, HiveAI Server, Hive Canvas, and unlike Hive's Canvas.",
    )
    lists = Intended(features=frozenset({"Canvas"}))
    assert [one.reason.split('"')[1] for one in found(ant, *bees, intended=lists)] == [
        "Hive Opus 9",
        "HiveAI Server",
        "Hive Canvas",
    ]


def test_a_choice_is_held_against_a_choice() -> None:
    """What is active names a rival that is; what is over itself, and what others say, may name what it likes."""
    over = entry("Bee", status="deprecated"), entry("Wasp", status="gone")
    (finding,) = found(one(versus="Unlike Bee and Wasp."), *over, intended=Intended())
    assert (finding.rule, finding.spot.path) == ("no live rival", ("capabilities", 0, "versus"))
    assert not found(one(versus="Unlike Bee and Hornet."), *over, entry("Hornet"), intended=Intended())
    assert not found(one(versus="Unlike anything."), *over, intended=Intended())
    assert not found(one(versus="Unlike Bee.", source="Somebody: a page"), *over, intended=Intended())
    old = entry(
        "Ant",
        status="gone",
        capabilities=[capability(number) for number in NUMBERS[1:]]
        + [capability("Ant", versus="Unlike Bee.")],
    )
    assert not found(old, *over, intended=Intended())


def test_only_what_is_asked_about_is_told() -> None:
    """What stands beside is known, and gets no finding of its own, but is where something stood first."""
    bees = entry("Bee", vendor=None, summary=SENTENCE), entry("Bee", aliases=["Six-legs"], summary=SENTENCE)
    beside = [Incoming(bee, "bee.yaml:1", Authority.OWN) for bee in bees]
    ant = [Incoming(one(versus="Unlike Bee"), "ant.yaml:1", Authority.OWN)]
    assert not review(ant, intended=Intended(), beside=beside)
    copy = [Incoming(entry("Ant", aliases=["six legs"], summary=SENTENCE), "ant.yaml:1", Authority.OWN)]
    told = review(copy, intended=Intended(), beside=beside)
    assert {(one.rule, one.also.incoming.where) for one in told if one.also} == {
        ("said twice", "bee.yaml:1"),
        ("shared name", "bee.yaml:1"),
    }
    assert len(told) == 2


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
