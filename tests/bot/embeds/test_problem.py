from __future__ import annotations

from bot.embeds import problem


def test_commands_are_marked() -> None:
    """A command that a refusal names is shown as one."""
    said = problem.refusal("Use `/catalog edit` with `shared`.").description
    assert said == "Use `/catalog edit` with `shared`."


def test_what_is_repeated_stays_harmless() -> None:
    """What a refusal repeats of what somebody typed opens no code and hides nothing behind it."""
    said = problem.refusal("“`@everyone`” or “`[x](https://example.org)`” is no tool.").description or ""
    assert "`@" not in said.replace("\\`", "")
    assert "\\`\\[x\\](https\\://example.org)\\`" in said
