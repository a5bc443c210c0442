from __future__ import annotations

from typing import Any

from bot.embeds import draft
from catalog.desk import Outlook, Preview, Saved
from catalog.editing.difference import differences
from catalog.editing.threeway import merge
from catalog.models import Tool
from catalog.reach import Altered, Reach
from catalog.revision import SHARED, Revision, RevisionKind, Scope

HERE = Scope(guild_id=5)
BASE = Tool(name="vLLM", summary="Serves models.", licence="MIT")


def _with(**changes: Any) -> Tool:  # noqa: ANN401 (fields of any kind)
    return BASE.model_copy(update=changes)


def _preview(mine: Tool | None, theirs: Tool | None = BASE, base: Tool | None = BASE) -> Preview:
    merged = merge(base, mine, theirs)
    return Preview(
        outlooks=(
            Outlook(
                slug="vllm",
                before=theirs,
                after=merged.document,
                differences=differences(theirs, merged.document),
                joined=merged.joined,
                conflicts=merged.conflicts,
            ),
        )
    )


def _saved(*pairs: tuple[Tool | None, Tool | None], scope: Scope = HERE) -> Saved:
    return Saved(
        scope=scope,
        revisions=tuple(
            Revision(
                number=n,
                scope=scope,
                slug="vllm",
                kind=RevisionKind.CHANGE,
                before=before,
                after=after,
                actor="theo",
                reason="why",
                made_at="2026-03-01T12:00:00Z",
                change=41,
            )
            for n, (before, after) in enumerate(pairs, 41)
        ),
    )


def test_says_first_whose_it_is() -> None:
    """Before anything else a preview says whether everyone will see the change or this server alone."""
    preview = _preview(_with(summary="Serves many models."))
    here = draft.preview("Edit vLLM", preview, shared=False)
    assert (here.description or "").startswith("**For this server alone:**")
    assert (draft.preview("x", preview, shared=True).description or "").startswith("**For everyone:**")
    assert here.title == "Preview: Edit vLLM"
    assert "was: Serves models.\nnow: Serves **many** models." in (here.description or "")


def test_a_problem_comes_before_all() -> None:
    """Why a change couldn't be saved is the first thing that is read; notes come before what differs."""
    embed = draft.preview(
        "x", _preview(None), shared=True, problem="The disk is full.", notes=("2 lines left out.",)
    )
    lines = (embed.description or "").split("\n")
    assert lines[0] == "**Couldn't be saved:** The disk is full."
    assert lines[2:] == ["2 lines left out.", "", "**vLLM** is removed."]


def test_nothing_changes() -> None:
    """A change that changes nothing says so."""
    embed = draft.preview("x", _preview(BASE), shared=True)
    assert "Nothing would change: it is so already." in (embed.description or "")


def test_both_sides_of_a_conflict() -> None:
    """What both changed is told with both texts, and what only the other one changed as having come in."""
    preview = _preview(_with(summary="Serves LLMs."), _with(summary="Runs models.", vendor="Sky"))
    embed = draft.preview("x", preview, shared=False)
    assert "**1 choice to make:** see below." in (embed.description or "")
    conflict, meanwhile = embed.fields
    assert conflict.name == "Both changed: choose whose to keep"
    assert conflict.value == "**Summary**\nyours: Serves LLMs.\ntheirs: Runs models."
    assert (meanwhile.name, meanwhile.value) == ("Came in meanwhile", "**Vendor** added: Sky")
    named = draft.preview("x", preview, shared=False, sides=("shared", "this server's"))
    assert named.fields[0].value == "**Summary**\nshared: Serves LLMs.\nthis server's: Runs models."


def test_a_conflict_over_a_removal() -> None:
    """Where one side took the tool away, the choice says "removed"."""
    embed = draft.preview("x", _preview(None, _with(licence="BSD")), shared=False)
    assert embed.fields[0].value == ("**Tool “vLLM”**\nyours: removed\ntheirs: vLLM, with changes: Licence")


def test_cautions_and_reach() -> None:
    """What is worth knowing is marked by a word, and what people ask is counted as often as they asked it."""
    preview = _preview(_with(name="vLLM 2")).model_copy(
        update={
            "cautions": ("“vLLM 2” is a name of Other too.",),
            "reach": Reach(
                texts=3,
                count=412,
                altered=(
                    Altered(text="sd", count=12, before="Stable Diffusion", after="asked back: A, B"),
                    Altered(text="vlm", count=1, before="not found", after="vLLM 2"),
                ),
            ),
        }
    )
    careful, asked = draft.preview("x", preview, shared=False).fields
    assert careful.value == "Careful: “vLLM 2” is a name of Other too."
    assert asked.value == (
        "Of 412 questions asked here, 13 would be answered differently:\n"
        "- “sd”, asked 12 times: Stable Diffusion → asked back: A, B\n"
        "- “vlm”, asked once: not found → vLLM 2"
    )
    none = preview.model_copy(update={"cautions": (), "reach": Reach(texts=1, count=1)})
    (asked,) = draft.preview("x", none, shared=True).fields
    assert asked.value == "Of 1 question asked on several servers, none would be answered differently."


def test_several_tools() -> None:
    """A change of several tools names each; of very many as many as have room, with the number of the others."""
    one = _preview(_with(licence="BSD")).outlooks[0]
    gone = _preview(None).outlooks[0]
    text = draft.preview("x", Preview(outlooks=(one, gone)), shared=True).description or ""
    assert "**vLLM** is changed.\n**Licence**\nwas: MIT\nnow: BSD\n**vLLM** is removed." in text
    many = draft.preview("x", Preview(outlooks=(one,) * 5000), shared=True).description or ""
    shown = many.count("is changed.")
    assert shown > 5
    assert f"and {5000 - shown:,} more" in many


def test_saved() -> None:
    """What was saved says its number, for whom, and how to take it back."""
    embed = draft.saved(_saved((BASE, _with(licence="BSD"))), "Edit vLLM")
    assert embed.title == "Saved as change 41"
    assert embed.description == (
        "**Edit vLLM**\n**For this server alone:** other servers see no change.\n"
        "To take it back, now or later: `/catalog undo` with change 41."
    )
    several = draft.saved(_saved((BASE, None), (BASE, None), scope=SHARED), "Merge")
    assert "2 tools, saved and undone together." in (several.description or "")


def test_saved_without_a_change() -> None:
    """Where all was so already, nothing is said to be saved."""
    assert draft.saved(_saved(), "Edit vLLM").title == "Nothing to save"


def test_refused() -> None:
    """A form that can't be read names each field with its reason, and says that nothing is lost."""
    text = draft.refused({"Summary": "at most 300 characters; this has 412."}).description or ""
    assert text.startswith("1 field can't be read:\n- **Summary**: at most 300 characters; this has 412.")
    assert "What you typed is kept" in text
    assert "**Edit again**" in text


def test_discarded() -> None:
    """A dropped draft says that nothing was changed."""
    assert "nothing was changed" in (draft.discarded().description or "")
