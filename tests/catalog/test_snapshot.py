from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    return Snapshot([VLLM, SGLANG, CURSOR], TODAY)


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
    after = snapshot.warmed().replaced([("vllm", renamed), ("cursor", None), ("new", tool("New"))], TODAY)
    assert sorted(after.tools) == ["new", "sglang", "vllm"]
    assert after.get("vllm").name == "vLLM 2"
    assert snapshot.get("vllm").name == "vLLM"
    assert snapshot.resolver.resolve("Cursor").outcome is Outcome.RESOLVED
    assert after.resolver.resolve("Cursor").outcome is Outcome.NOT_FOUND
    assert after.resolver.resolve("vLLM 2").tool is not None
    assert set(after.ranks) == set(after.tools)
    assert "cursor" not in {near.slug for near in after.neighbourhood.alternatives("vllm", 10)}


def test_removing_what_is_not_there_changes_nothing(snapshot: Snapshot) -> None:
    """A removal that arrives twice is no error."""
    after = snapshot.replaced([("gone", None)], TODAY)
    assert list(after.tools) == list(snapshot.tools)


def test_a_tool_keeps_its_place(snapshot: Snapshot) -> None:
    """A changed tool stays where it was in the order of tools."""
    after = snapshot.replaced([("sglang", SGLANG.model_copy(update={"vendor": "LMSYS"}))], TODAY)
    assert list(after.tools) == ["vllm", "sglang", "cursor"]


def test_ranks_are_those_of_the_day() -> None:
    """The same documents on a later day rank lower or as high, because what was measured ages."""
    dated = tool("Dated", type="model", released_on="2026-11-01")
    now, later = (Snapshot([dated], day).ranks["dated"].rank for day in (TODAY, TODAY + timedelta(days=900)))
    assert now is not None
    assert later is not None
    assert later < now


def test_an_empty_prefix_gives_the_famous_first(snapshot: Snapshot) -> None:
    """With nothing typed, what people ask for comes first, then what is used most, then the alphabet."""
    asked = Snapshot([*snapshot.tools.values(), tool("Zed", popularity=0.9), tool("Aider")], TODAY)
    assert [found.name for found in asked.resolver.complete("", 25)] == [
        "Zed",
        "vLLM",
        "SGLang",
        "Aider",
        "Cursor",
    ]


def test_an_empty_catalog_answers() -> None:
    """Without a single tool everything can still be asked."""
    empty = Snapshot([], TODAY).warmed()
    assert empty.resolver.resolve("vllm").outcome is Outcome.NOT_FOUND
    assert empty.resolver.complete("", 25) == ()
    assert tuple(empty.needs.find("serving", 10)) == ()
    assert empty.ranks == {}


@given(st.permutations([VLLM, SGLANG, CURSOR]))
def test_the_order_of_documents_changes_no_answer(documents: list[Tool]) -> None:
    """Whichever order the database gives documents in, names resolve, rank and complete alike."""
    one, other = Snapshot([VLLM, SGLANG, CURSOR], TODAY), Snapshot(documents, TODAY)
    assert one.ranks == other.ranks
    assert one.resolver.complete("", 25) == other.resolver.complete("", 25)
    for query in ("vllm", "sg", "cursr", "nothing of the kind"):
        assert one.resolver.resolve(query) == other.resolver.resolve(query)
