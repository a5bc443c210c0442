from __future__ import annotations

from bot.embeds.difference import drawn, gist
from catalog.editing.difference import differences
from catalog.models import Tool

BEFORE = Tool.model_validate(
    {
        "name": "vLLM",
        "vendor": "Sky",
        "summary": "Serves models to many users at once.",
        "aliases": ["v-llm"],
        "tags": ["gpu"],
        "capabilities": [{"title": "Batching", "description": "Adds requests."}, {"description": "Pages."}],
    }
)
AFTER = Tool.model_validate(
    {
        "name": "vLLM",
        "summary": "Serves open models to many users at once.",
        "licence": "MIT",
        "aliases": ["v-llm", "vee", "velm"],
        "links": [{"kind": "docs", "url": "https://docs.example.org"}],
        "capabilities": [
            {"description": "Pages."},
            {"title": "Batching", "description": "Adds requests at any time."},
        ],
    }
)


def test_was_and_now_are_said_in_words() -> None:
    """Each kind of difference says in words what was and what is; nothing hangs on a sign or a colour."""
    assert drawn(differences(BEFORE, AFTER), 2000).split("\n") == [
        "**Vendor** removed: Sky",
        "**Summary**",
        "was: Serves models to many users at once.",
        "now: Serves **open** models to many users at once.",
        "**Aliases** added: vee, velm",
        "**Tag** removed: gpu",
        "**Link** added: Docs: https\\://docs.example.org",
        "**Licence** added: MIT",
        "**Capability “Batching”**",
        "was: Batching · Adds **requests.**",
        "now: Batching · Adds **requests at any time.**",
        "**Order of capabilities** changed",
        "was: 1\\. **Batching · 2. Pages**",
        "now: 1\\. **Pages · 2. Batching**",
    ]


def test_a_new_tool_says_added_once() -> None:
    """Of a new tool each part is shown without saying every time that it was added."""
    shown = drawn(differences(None, AFTER), 2000, new=True)
    assert "**Name**: vLLM" in shown
    assert "**Aliases**: v-llm, vee, velm" in shown
    assert "added" not in shown


def test_what_is_cut_is_counted() -> None:
    """Differences that have no room are counted."""
    shown = drawn(differences(BEFORE, AFTER), 160)
    assert len(shown) <= 160
    assert shown.endswith("and 6 more")


def test_many_entries_share_a_line_and_are_counted() -> None:
    """A hundred new aliases are one line that says how many it doesn't name."""
    many = BEFORE.model_copy(update={"aliases": ("v-llm", *(f"alias{n}" for n in range(100)))})
    shown = drawn(differences(BEFORE, many), 2000)
    assert shown.startswith("**Aliases** added: alias0, alias1,")
    named = shown.count("alias")
    assert shown.endswith(f" and {100 - named} more")


def test_a_removed_tool() -> None:
    """That a whole tool goes is one line, which names it once."""
    assert drawn(differences(BEFORE, None), 500) == "**Tool “vLLM”** removed"


def test_a_gist_is_one_line() -> None:
    """The gist counts what came and went, and says how much it leaves out."""
    found = differences(BEFORE, AFTER)
    assert gist(found, 60) == "vendor removed, summary changed, 2 aliases added and 5 more"
    assert gist(found, 500) == (
        "vendor removed, summary changed, 2 aliases added, 1 tag removed, 1 link added, licence added, "
        "1 capability changed, order of capabilities changed"
    )
    assert gist((), 60) == ""
