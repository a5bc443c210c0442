from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.alternatives import LEAST, Neighbourhood
from catalog.models import Task, Tool
from catalog.rivals import NameFinder


def tool(name: str, *tasks: Task, versus: str | None = None, **fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Make a tool with one capability."""
    capability = {"title": fields.pop("title", None), "description": "Does its job.", "versus": versus}
    return Tool.model_validate({"name": name, "tasks": tasks, "capabilities": [capability], **fields})


def near(slug: str, *tools: Tool) -> dict[str, tuple[str, ...]]:
    """Give a tool's alternatives and their reasons."""
    return {found.slug: found.reasons for found in Neighbourhood(tools, {}).alternatives(slug)}


def test_the_same_job_makes_an_alternative() -> None:
    """A shared job is said; who shares none is none."""
    found = near("a", tool("A", Task.SERVING), tool("B", Task.SERVING), tool("C", Task.CODING))
    assert found == {"b": ("same job: serving",)}


@pytest.mark.parametrize("slug", ["a", "b"])
def test_a_rival_counts_from_either_side(slug: str) -> None:
    """Who is named as a rival is near, and so is who does the naming."""
    found = near(slug, tool("A", versus="Slower than B Tool 2."), tool("B Tool 2", slug="b"))
    assert "named beside it" in found["b" if slug == "a" else "a"]


def test_rarer_jobs_weigh_more() -> None:
    """Sharing what few do brings nearer than sharing what all do."""
    crowd = [tool(f"Chat {n}", Task.CHAT) for n in range(8)]
    found = list(
        near(
            "a",
            tool("A", Task.CHAT, Task.VECTOR_SEARCH),
            tool("Searcher", Task.VECTOR_SEARCH, Task.DATA),
            tool("Talker", Task.CHAT, Task.DATA),
            *crowd,
        )
    )
    assert found.index("searcher") < found.index("talker")


def test_money_and_licence_are_reasons() -> None:
    """Free where the other costs, open where the other is closed."""
    found = near(
        "a",
        tool("A", Task.SERVING, pricing={"kind": "usage"}, licence="Proprietary"),
        tool("B", Task.SERVING, pricing={"kind": "free"}, licence="Apache-2.0"),
    )
    assert found["b"] == ("same job: serving", "free, where A costs money", "open licence (Apache-2.0)")


def test_shared_title_words_are_said_as_written() -> None:
    """A reader sees the word, not its stem."""
    found = near(
        "a",
        tool("A", Task.SERVING, title="Continuous batching"),
        tool("B", Task.SERVING, title="Batching engine"),
    )
    assert found["b"][1] == "both about batching"


def test_what_is_gone_is_not_offered() -> None:
    """A gone tool is never an alternative, a deprecated one comes last and says so."""
    found = near(
        "a",
        tool("A", Task.SERVING),
        tool("Gone", Task.SERVING, status="gone"),
        tool("Old", Task.SERVING, status="deprecated"),
        tool("New", Task.SERVING),
    )
    assert list(found) == ["new", "old"]
    assert found["old"][-1] == "but deprecated"


def test_like_for_like_does_the_same_job_in_the_same_form() -> None:
    """Same type first, another type after, never what is already compared."""
    tools = [
        tool("A", Task.SERVING, type="repository"),
        tool("Product", Task.SERVING, type="product"),
        tool("Repo", Task.SERVING, type="repository"),
        tool("Compared", Task.SERVING, type="repository"),
        tool("Rival", Task.CODING, type="repository", versus="Unlike A B C."),
    ]
    picks = Neighbourhood(tools, {}).like_for_like("a", ("a", "compared"))
    assert [pick.slug for pick in picks] == ["repo", "product"]


def test_an_unknown_tool_has_no_neighbours() -> None:
    """Asked for nobody, it names nobody."""
    empty = Neighbourhood([], {})
    assert empty.alternatives("nobody") == ()
    assert empty.like_for_like("nobody") == ()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(
            lambda number, tasks, versus, title: tool(f"Tool {number}", *tasks, versus=versus, title=title),
            st.integers(0, 20),
            st.sets(st.sampled_from(list(Task)), max_size=3),
            st.sampled_from([None, "Faster than Tool 1.", "Beside Tool 2 and Tool 3."]),
            st.sampled_from([None, "Paged cache", "Cache server"]),
        ),
        unique_by=lambda tool: tool.slug,
        min_size=1,
        max_size=12,
    )
)
def test_alternatives_are_ordered_and_reasoned(tools: list[Tool]) -> None:
    """Best first, within bounds, never oneself, never without a reason, the same each time."""
    hood = Neighbourhood(tools, {})
    for each in tools:
        found = hood.alternatives(each.slug, 5)
        scores = [other.score for other in found]
        assert scores == sorted(scores, reverse=True)
        assert all(LEAST <= score <= 1 for score in scores)
        assert all(other.reasons for other in found)
        assert each.slug not in {other.slug for other in found}
        assert found == Neighbourhood(reversed(tools), {}).alternatives(each.slug, 5)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Faster than Llama 3.3 70B and Cursor.", ["llama-3-3-70b", "cursor"]),
        ("moves the cursor faster than llama 3.3 70b", ["llama-3-3-70b"]),
        ("Beats Llama 3.1 70B.", []),
        ("Twice Cursor, Cursor.", ["cursor"]),
        ("Shared Name wins.", []),
        ("", []),
    ],
)
def test_names_in_text(text: str, slugs: list[str]) -> None:
    """Versions must agree, one-word names must be written as names, shared names find nobody."""
    finder = NameFinder(
        [
            tool("Llama 3.3 70B"),
            tool("Cursor"),
            tool("Left", aliases=["Shared Name"]),
            tool("Right", aliases=["shared name"]),
        ]
    )
    assert finder.find(text) == slugs
