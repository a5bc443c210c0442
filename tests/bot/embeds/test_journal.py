from __future__ import annotations

from bot.embeds import journal
from catalog.desk import Saved
from catalog.models import Tool
from catalog.revision import SHARED, Revision, RevisionKind, Scope

BEFORE = Tool(name="vLLM", summary="Serves models.")
AFTER = Tool(name="vLLM", summary="Serves many models.")


def _saved(*pairs: tuple[Tool | None, Tool | None], scope: Scope = SHARED, reason: str = "a typo") -> Saved:
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
                reason=reason,
                made_at="2026-03-01T12:00:00Z",
                change=41,
            )
            for n, (before, after) in enumerate(pairs, 41)
        ),
    )


def test_tells_who_what_and_why() -> None:
    """A line of the log has who, when, for whom, why and what differs, and the number to undo it by."""
    embed = journal.entry(_saved((BEFORE, AFTER), scope=Scope(guild_id=5)), "Edit vLLM")
    assert embed.title == "Edit vLLM"
    assert (embed.description or "").split("\n") == [
        "By theo, <t:1772366400:f>, for this server alone.",
        "Why: a typo",
        "",
        "**Summary**",
        "was: Serves models.",
        "now: Serves **many** models.",
    ]
    assert embed.footer.text == "Change 41 · /catalog undo takes it back"


def test_a_reason_that_is_the_title_is_said_once() -> None:
    """Where nobody gave a reason, the title isn't repeated as one."""
    text = journal.entry(_saved((BEFORE, AFTER), reason="Edit vLLM"), "Edit vLLM").description or ""
    assert "Why" not in text
    assert "for everyone." in text


def test_stays_compact() -> None:
    """A change of a thousand tools with long texts is a small card all the same, and counts what it leaves out."""
    long = AFTER.model_copy(update={"summary": "*_" * 150, "aliases": tuple(f"a{n}" for n in range(254))})
    embed = journal.entry(_saved(*[(BEFORE, long)] * 1000), "Import")
    assert len(embed) < 900
    assert (embed.description or "").endswith(" more")


def test_nothing_changed() -> None:
    """A change that wrote nothing says so."""
    assert "Nothing was changed" in (journal.entry(_saved(), "Import").description or "")
