from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import World

HELP = "Ask me about AI tools"

QUESTIONS = [
    ("vllm vs ollama", "vLLM vs Ollama"),
    ("vllm versus ollama", "vLLM vs Ollama"),
    ("compare vllm, ollama and lm studio", "vLLM vs Ollama vs LM Studio"),
    ("compare vLLM with Ollama for serving, please", "vLLM vs Ollama"),
    ("what is the difference between vllm and ollama?", "vLLM vs Ollama"),
    ("alternatives to midjourney", "Alternatives to Midjourney"),
    ("something like midjourney", "Alternatives to Midjourney"),
    ("what is vllm", "vLLM"),
    ("tell me about vllm", "vLLM"),
    ("vllm", "vLLM"),
    ("mistrl small vs sd", "Mistral Small 4 vs Stable-Diffusion"),
    ("mistral small vs gpt-4o mini", "Mistral Small 4 vs GPT-4o mini"),
    ("", HELP),
    ("hello there", HELP),
    ("!!! ???", HELP),
    ("the weather is nice today", HELP),
]


@pytest.mark.parametrize(("text", "title"), QUESTIONS)
async def test_mention(world: World, text: str, title: str) -> None:
    """A message that mentions the bot is answered under it, without calling its author."""
    shown = await world.say(f"{world.me} {text}")
    assert shown.title == title
    answer = world.channel.last_message
    assert answer is not None
    assert answer.reference is not None
    assert answer.mentions == []


@pytest.mark.parametrize(("text", "title"), [QUESTIONS[0], QUESTIONS[5], QUESTIONS[7], QUESTIONS[-1]])
async def test_direct_message(world: World, text: str, title: str) -> None:
    """In a direct message no mention is needed."""
    assert (await world.dm(text)).title == title


async def test_mention_at_the_end_and_old_style(world: World) -> None:
    """The mention may stand anywhere, and in the form that old clients write."""
    assert (await world.say(f"vllm vs ollama {world.me}")).title == "vLLM vs Ollama"
    assert (await world.say(f"<@!{world.me[2:-1]}> what is vllm?")).title == "vLLM"


async def test_no_mention(world: World) -> None:
    """A message that isn't meant for the bot is left alone, even when it holds a question."""
    said = await world.mia.send(world.channel, "vllm vs ollama")
    assert world.channel.last_message is not None
    assert world.channel.last_message.id == said.id


async def test_reply_to_the_bot(world: World) -> None:
    """A reply to the bot names it without a mention in the text; that is no question."""
    await world.say(f"{world.me} vllm")
    answer = world.channel.last_message
    assert answer is not None
    said = await world.mia.send(world.channel, "thanks, vllm it is", reply_to=answer)
    assert world.channel.last_message.id == said.id  # type: ignore[union-attr]  # it was just sent


async def test_other_bots(world: World) -> None:
    """Another bot gets no answer, so that no two bots talk for ever."""
    robot = world.mia.guild.add_member(world.env.create_user("robot", bot=True))
    said = await robot.send(world.channel, f"{world.me} vllm vs ollama")
    assert world.channel.last_message.id == said.id  # type: ignore[union-attr]  # it was just sent


async def test_five_names(world: World) -> None:
    """More names than fit are refused with their number."""
    shown = await world.say(f"{world.me} compare vllm, ollama, lm studio, comfyui and cursor")
    assert shown.title == "That didn't work"
    assert "At most 4" in shown.text
    assert "you named 5" in shown.text


async def test_the_same_tool_twice(world: World) -> None:
    """The same tool twice is refused in words."""
    shown = await world.say(f"{world.me} stable diffusion vs stable-diffusion")
    assert "named twice" in shown.text


async def test_open_name(world: World) -> None:
    """A family's name in a message asks back, and the menu goes on from there after a restart."""
    asked = await world.say(f"{world.me} llama vs gpt-4o")
    assert asked.title == "Which one did you mean?"
    await world.restart()
    await world.pick(asked, "Llama 3.3 70B vs GPT-4o")
    assert asked.title == "Llama 3.3 70B vs GPT-4o"


@pytest.mark.parametrize(
    "text",
    [
        "@everyone vs @here",
        "[free money](https://evil.example) vs vllm",
        "vs " * 600,
        "compare " + ", ".join("abcdefghijklmnopqrst"),
        "a" * 1900,
        "```\nvllm\n``` vs **ollama**",
        "\u202evllm\u200b vs ollama",
    ],
)
async def test_hostile_text(world: World, text: str) -> None:
    """Whatever a message holds, the answer calls nobody and forges no link."""
    shown = await world.say(f"{world.me} {text}")
    assert not shown.links
    assert "@everyone" not in shown.text
    assert world.channel.last_message is not None
    assert not world.channel.last_message.mention_everyone


async def test_an_answer_that_cannot_be_sent(world: World) -> None:
    """Where the bot may not write, it stays silent instead of failing."""
    world.env.inject_error(
        "POST", "/channels/*/messages", status=403, code=50013, message="Missing Permissions"
    )
    await world.mia.send(world.channel, f"{world.me} vllm")
    last = world.channel.last_message
    assert last is not None
    assert last.author.id == world.mia.id


async def test_a_question_that_was_deleted_meanwhile(world: World) -> None:
    """A question that is gone before the answer comes is no fault."""
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=50035, message="Unknown message")
    await world.mia.send(world.channel, f"{world.me} vllm")
