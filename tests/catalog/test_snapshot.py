from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import snapshot as snapshots
from catalog.errors import UnknownToolError
from catalog.models import Tool
from catalog.resolver import Outcome
from catalog.snapshot import Snapshot

TODAY = date(2026, 11, 21)


def tool(name: str, **fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Make a tool with some fields."""
    return Tool.model_validate({"name": name, **fields})


def stars(count: int) -> list[dict[str, Any]]:
    """Make the signal that makes a repository known."""
    return [
        {
            "metric": "github_stars",
            "value": count,
            "unit": "stars",
            "source": "a test",
            "observed_on": "2026-10-01",
        }
    ]


VLLM = tool("vLLM", type="repository", tasks=["serving"], signals=stars(90_000))
SGLANG = tool("SGLang", type="repository", tasks=["serving"], signals=stars(20_000))
CURSOR = tool("Cursor", type="product", tasks=["coding"])


@pytest.fixture
def snapshot() -> Snapshot:
    """Three tools on a day."""
    return Snapshot.of([VLLM, SGLANG, CURSOR], TODAY)


def test_tools_are_found_by_slug_and_key(snapshot: Snapshot) -> None:
    """A tool is given by its slug and by the key that buttons carry."""
    assert snapshot.get("vllm") is VLLM
    assert snapshot.by_key(SGLANG.key) is SGLANG


@pytest.mark.parametrize("missing", ["gpt-9", "", "vLLM", VLLM.key])
def test_an_unknown_slug(snapshot: Snapshot, missing: str) -> None:
    """A slug that isn't there is an error that carries it, not a KeyError."""
    with pytest.raises(UnknownToolError) as caught:
        snapshot.get(missing)
    assert caught.value.key == missing
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("missing", ["AAAAAAAAAAAA", "", "vllm"])
def test_an_unknown_key(snapshot: Snapshot, missing: str) -> None:
    """A forged or outdated key is the same error."""
    with pytest.raises(UnknownToolError) as caught:
        snapshot.by_key(missing)
    assert caught.value.key == missing


def test_a_replacement_leaves_the_old_one_alone(snapshot: Snapshot) -> None:
    """Changes make a new snapshot; who still holds the old one sees what was there."""
    renamed = tool("vLLM 2", slug="vllm")
    after = snapshot.warmed().replaced({"vllm": renamed, "cursor": None, "new": tool("New")})
    assert sorted(after.tools) == ["new", "sglang", "vllm"]
    assert after.get("vllm").name == "vLLM 2"
    assert snapshot.get("vllm").name == "vLLM"
    assert snapshot.resolver.resolve("Cursor").outcome is Outcome.RESOLVED
    assert after.resolver.resolve("Cursor").outcome is Outcome.NOT_FOUND
    assert after.resolver.resolve("vLLM 2").tool is not None
    assert set(after.ranks) == set(after.tools)
    assert "cursor" not in {near.slug for near in after.neighbourhood.alternatives("vllm", 10)}


@pytest.mark.parametrize("asked", [True, False], ids=["asked in between", "not asked"])
def test_edits_build_no_index(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, asked: bool) -> None:  # noqa: FBT001 (a parameter of a test)
    """What was computed once is changed with each edit and each day, and never built again."""
    after = snapshot.warmed()
    for index in ("Resolver", "Neighbourhood", "NeedIndex"):
        monkeypatch.setattr(snapshots, index, None)
    for number in range(3):
        after = after.replaced({f"new-{number}": tool(f"New Gadget {number}", slug=f"new-{number}")})
        after = (after.warmed() if asked else after).replaced({}, TODAY + timedelta(days=number))
    assert after.resolver.resolve("new gadget 0").tool is not None
    assert after.by_key(tool("New 2").key).name == "New Gadget 2"
    assert after.needs.find("gadget", 10)
    assert after.neighbourhood.alternatives("vllm")


def test_a_new_day_keeps_the_names(snapshot: Snapshot) -> None:
    """Only what depends on the day is another the next day."""
    after = snapshot.warmed().replaced({}, TODAY + timedelta(days=1))
    assert after.resolver is snapshot.resolver
    assert after.needs is snapshot.needs
    assert after.tools is snapshot.tools
    assert after.today == TODAY + timedelta(days=1)


def test_a_fold_changes_no_answer(snapshot: Snapshot) -> None:
    """Worked into the indexes, changes are what they were beside them, and the snapshot before is left alone."""
    before = snapshot.warmed().replaced({"cursor": None, "new": tool("New", tasks=["serving"])})
    after = before.folded()
    assert (before.resolver.pending, after.resolver.pending) == (2, 0)
    assert dict(before.tools) == after.tools
    assert before.ranks == after.ranks
    assert before.resolver.complete("", 25) == after.resolver.complete("", 25)
    for snapshot_ in (before, after):
        assert "new" in {near.slug for near in snapshot_.neighbourhood.alternatives("vllm", 10)}
        assert snapshot_.resolver.resolve("Cursor").tool is None


def test_removing_what_is_not_there_changes_nothing(snapshot: Snapshot) -> None:
    """A removal that arrives twice is no error."""
    after = snapshot.replaced({"gone": None})
    assert list(after.tools) == list(snapshot.tools)


def test_a_tool_keeps_its_place(snapshot: Snapshot) -> None:
    """A changed tool stays where it was in the order of tools."""
    after = snapshot.replaced({"sglang": SGLANG.model_copy(update={"vendor": "LMSYS"})})
    assert list(after.tools) == ["vllm", "sglang", "cursor"]


def test_ranks_are_those_of_the_day() -> None:
    """The same documents on a later day rank lower or as high, because what was measured ages."""
    dated = tool("Dated", type="model", released_on="2026-11-01")
    now, later = (
        Snapshot.of([dated], day).ranks["dated"].rank for day in (TODAY, TODAY + timedelta(days=900))
    )
    assert now is not None
    assert later is not None
    assert later < now


def test_an_empty_prefix_gives_the_famous_first(snapshot: Snapshot) -> None:
    """With nothing typed, what people ask for or use most comes first, and what nobody knows of by the alphabet."""
    asked = Snapshot.of([*snapshot.tools.values(), tool("Zed", popularity=1), tool("Aider")], TODAY)
    assert [found.name for found in asked.resolver.complete("", 25)] == [
        "Zed",
        "vLLM",
        "SGLang",
        "Aider",
        "Cursor",
    ]


def test_an_empty_catalog_answers() -> None:
    """Without a single tool everything can still be asked."""
    empty = Snapshot.of([], TODAY).warmed()
    assert empty.resolver.resolve("vllm").outcome is Outcome.NOT_FOUND
    assert empty.resolver.complete("", 25) == ()
    assert tuple(empty.needs.find("serving", 10)) == ()
    assert empty.ranks == {}


@given(st.permutations([VLLM, SGLANG, CURSOR]))
def test_the_order_of_documents_changes_no_answer(documents: list[Tool]) -> None:
    """Whichever order the database gives documents in, names resolve, rank and complete alike."""
    one, other = Snapshot.of([VLLM, SGLANG, CURSOR], TODAY), Snapshot.of(documents, TODAY)
    assert one.ranks == other.ranks
    assert one.resolver.complete("", 25) == other.resolver.complete("", 25)
    for query in ("vllm", "sg", "cursr", "nothing of the kind"):
        assert one.resolver.resolve(query) == other.resolver.resolve(query)
