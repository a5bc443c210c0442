from __future__ import annotations

from bot.embeds import revision
from bot.limits import EMBED_DESCRIPTION
from catalog.models import Tool
from catalog.revision import Revision, RevisionKind, Scope

BEFORE = Tool(name="vLLM", summary="Serves models.")
AFTER = Tool(name="vLLM", summary="Serves many models.", aliases=("vee", "velm"))


def _revision(
    number: int, before: Tool | None, after: Tool | None, kind: RevisionKind = RevisionKind.CHANGE
) -> Revision:
    return Revision(
        number=number,
        scope=Scope(guild_id=5),
        slug="vllm",
        kind=kind,
        before=before,
        after=after,
        actor="theo",
        reason="a typo",
        made_at="2026-03-01T12:00:00Z",
        change=min(number, 123),
    )


def test_history_of_a_tool() -> None:
    """Each revision says its number, when in the reader's time zone, what in words, by whom and why."""
    revisions = [
        _revision(124, AFTER, None, RevisionKind.HIDE),
        _revision(123, BEFORE, AFTER),
        _revision(7, AFTER, BEFORE, RevisionKind.RESET),
        _revision(6, None, BEFORE, RevisionKind.ADD),
    ]
    embed = revision.history("vLLM", revisions, 0, 3)
    assert embed.title == "History of vLLM"
    assert embed.footer.text == "Page 1 of 3"
    assert (embed.description or "").split("\n") == [
        "**Change 123 (revision 124)** · <t:1772366400:f>",
        "Hidden here by theo",
        "Why: a typo",
        "**Change 123** · <t:1772366400:f>",
        "Changed by theo: summary changed, 2 aliases added",
        "Why: a typo",
        "**Change 7** · <t:1772366400:f>",
        "Reset to the shared one by theo: summary changed, 2 aliases removed",
        "Why: a typo",
        "**Change 6** · <t:1772366400:f>",
        "Added by theo",
        "Why: a typo",
    ]


def test_history_of_all_tools() -> None:
    """In the history of a whole catalog each line names its tool; a first page without others has no number."""
    embed = revision.history(None, [_revision(9, AFTER, None, RevisionKind.REMOVE)], 0)
    assert embed.title == "Latest changes"
    assert embed.footer.text is None
    assert (embed.description or "").split("\n")[1:] == ["**vLLM** removed", "by theo: a typo"]
    assert revision.history(None, [], 4).footer.text == "Page 5"


def test_no_history() -> None:
    """Where nothing was changed, the history says so."""
    assert revision.history("vLLM", [], 0).description == "Nothing was changed here yet."


def test_a_full_page_is_shown_whole() -> None:
    """However long names, reasons and differences are, a page's revisions all have room."""
    long = Tool(name="N*" * 50, aliases=tuple(f"a{n}" for n in range(200)), summary="*" * 300)
    one = _revision(99, BEFORE, long).model_copy(update={"actor": "@*" * 150, "reason": "r_ " * 100})
    for name in ("vLLM", None):
        text = revision.history(name, [one] * revision.PAGE, 0).description or ""
        assert text.count("**Change 99**") == revision.PAGE
        assert len(text) < EMBED_DESCRIPTION
        assert "more\n" not in text.split("**Change 99**")[-1]


def test_one_revision_in_full() -> None:
    """One revision shows all that differs, and how to take it back."""
    embed = revision.one(_revision(123, BEFORE, AFTER))
    assert embed.title == "Change 123"
    assert (embed.description or "").split("\n") == [
        "vLLM: changed by theo, <t:1772366400:f>",
        "Why: a typo",
        "For this server alone",
        "",
        "**Summary**",
        "was: Serves models.",
        "now: Serves **many** models.",
        "**Aliases** added: vee, velm",
    ]
    assert embed.footer.text == "/catalog undo with change 123 takes it back"


def test_a_revision_that_changed_nothing() -> None:
    """A revision between two equal documents says that nothing differs."""
    assert (revision.one(_revision(9, BEFORE, BEFORE)).description or "").endswith("Nothing differs.")


def test_names() -> None:
    """A revision is named after its tool, also where the tool is gone, or its documents are."""
    assert revision.name_of(_revision(9, BEFORE, None, RevisionKind.REMOVE)) == "vLLM"
    assert revision.name_of(_revision(9, None, None, RevisionKind.HIDE)) == "vllm"
    assert revision.summary(_revision(9, BEFORE, None, RevisionKind.REMOVE)) == "**vLLM** removed"
