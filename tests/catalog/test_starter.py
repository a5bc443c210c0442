"""What every entry of the starter catalog has to live up to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import pytest

from catalog import starter
from catalog.importers import Authority, read_file
from catalog.metrics import METRICS
from catalog.models import Capability, PricingKind, Status, Task, Tool, ToolType
from catalog.names import name_key
from catalog.resolver import Entry, Outcome, Resolver
from catalog.rivals import NameFinder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FILES = sorted(starter.FOLDER.glob("*/*.yaml"))

#: What the two comparison pages that everybody starts from are about, and what they mention.
MENTIONED = [
    "Mistral Small",
    "Mixtral 8x7B",
    "Stable-Diffusion",
    "Llama 3.3 70B",
    "GPT-4o",
    "GPT-4o mini",
    "Claude",
    "Qwen 2.5 32B",
    "Llama 2 70B",
    "GPT-3.5",
    "vLLM",
    "Kohya SS",
    "OneTrainer",
    "AUTOMATIC1111 web UI",
    "ComfyUI",
    "PixArt",
    "ControlNet",
    "Hugging Face Diffusers",
    "Hugging Face Accelerate",
    "RunPod",
    "Massed Compute",
    "Google Colab",
    "Midjourney",
    "DALL-E 3",
    "Photoshop generative fill",
    "GitHub Copilot",
    "Wolfram Alpha",
    "Pydantic",
    "PyTorch",
    "TensorRT",
    "Stable Diffusion 1.5",
    "Stable Diffusion XL",
]

#: The vocabulary of tags. A new word is added here on purpose or not at all; near synonyms find nothing.
TAGS = frozenset(
    """
    apple-silicon cli cloud cpp cpu desktop diffusion enterprise fine-tuning free-tier gpu gui ide local
    long-context lora mcp mixture-of-experts mobile multilingual multimodal no-code notebook open-source
    open-weights proprietary python quantization rag research rust self-hosted small structured-output
    terminal tool-use typescript web
    """.split()  # noqa: SIM905 (forty quoted words would be harder to read)
)

#: What praises and says nothing.
PRAISE = re.compile(
    r"\b(?:seamless\w*|powerful\w*|cutting[- ]edge|robust\w*|state[- ]of[- ]the[- ]art|leverag\w+|empower\w*"
    r"|effortless\w*|unlock\w*|revolutionar\w+|game[- ]chang\w+|world[- ]class|best[- ]in[- ]class|blazing\w*"
    r"|supercharg\w+|next[- ]generation|unparalleled|elevat\w+|delv\w+|boast\w*|stunning)\b",
    re.IGNORECASE,
)
#: How others' words may be licensed for a figure to be shipped: nothing that asks for the same licence.
FIGURES_UNDER = {"MIT", "Apache-2.0", "CC-BY-4.0", "CC0-1.0", "MPL-2.0"}
#: The share of capabilities whose "versus" has to name a tool that can be opened.
RIVALS = 0.95

_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")


@cache
def tools() -> tuple[Tool, ...]:
    """Read the starter catalog once."""
    return tuple(incoming.tool for incoming in starter.read())


def capabilities() -> Iterator[tuple[Tool, Capability]]:
    """Give every capability with its tool."""
    return ((tool, capability) for tool in tools() for capability in tool.capabilities)


def texts(tool: Tool) -> Iterator[str]:
    """Give every text of an entry that somebody wrote."""
    yield from filter(None, [tool.summary, tool.pricing.note if tool.pricing else None])
    for capability in tool.capabilities:
        yield from filter(
            None, [capability.title, capability.description, capability.unique, capability.versus]
        )


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_file(path: Path) -> None:
    """Each file holds one valid entry of our own, named by its slug, in the folder of its type."""
    reading = read_file(path)
    assert not reading.rejected
    assert not reading.warnings
    (incoming,) = reading.tools
    assert incoming.authority is Authority.OWN
    assert (incoming.tool.type.value, incoming.tool.slug) == (path.parent.name, path.stem)


def test_enough_of_what_people_talk_about() -> None:
    """There are at least 60 tools of many kinds and for many jobs, and no slug twice."""
    assert len(tools()) == len(FILES) >= 60
    assert len({tool.slug for tool in tools()}) == len(tools())
    assert len({tool.type for tool in tools()}) >= 8
    assert {task for tool in tools() for task in tool.tasks} >= set(Task) - {Task.DATA}


@pytest.mark.parametrize("name", MENTIONED)
def test_what_the_pages_mention(name: str) -> None:
    """Each tool that the comparison pages are about or mention has an entry and goes by that name."""
    found = Resolver(map(Entry.of, tools())).resolve(name)
    assert found.outcome is Outcome.RESOLVED
    assert found.confidence > 0.9


def test_every_name_finds_its_own_tool() -> None:
    """Each name and alias, typed exactly, resolves to the entry that it stands in."""
    resolver = Resolver(map(Entry.of, tools()))
    strays = {
        name: found.candidates[:2]
        for tool in tools()
        for name in (tool.name, *tool.aliases)
        for found in [resolver.resolve(name)]
        if found.tool is None or found.tool.slug != tool.slug
    }
    assert not strays


def test_names_are_claimed_once() -> None:
    """No name or alias belongs to two tools, and none is listed twice in one entry."""
    claims: dict[str, list[str]] = defaultdict(list)
    for tool in tools():
        for name in (tool.name, *tool.aliases):
            claims[name.casefold()].append(tool.slug)
    assert not {name: slugs for name, slugs in claims.items() if len(slugs) > 1}
    keys: dict[str, set[str]] = defaultdict(set)
    for tool in tools():
        for name in (tool.name, *tool.aliases):
            keys[name_key(name)].add(tool.slug)
    assert not {key: slugs for key, slugs in keys.items() if len(slugs) > 1}


def test_entries_are_complete() -> None:
    """Each entry says whose it is, what it does, under which licence, what it costs, and where to find it."""
    gaps = {
        tool.slug: missing
        for tool in tools()
        for missing in [
            [
                field
                for field in ("vendor", "summary", "tasks", "tags", "links", "pricing", "aliases")
                if not getattr(tool, field)
            ]
        ]
        if missing or tool.type is ToolType.OTHER
    }
    assert not gaps
    # Left out where nobody states one; never guessed.
    assert [tool.slug for tool in tools() if not tool.licence] == ["pixart"]


def test_capabilities_say_something() -> None:
    """Each tool has three or more capabilities, each with a title, 12 to 60 words, what is unique, and a rival."""
    assert not [tool.slug for tool in tools() if len(tool.capabilities) < 3]
    wrong = [
        f"{tool.slug}: {capability.title} ({len(capability.description.split())} words)"
        for tool, capability in capabilities()
        if not (capability.title and capability.unique and capability.versus)
        or not 12 <= len(capability.description.split()) <= 60
        or len(capability.title) > 60
    ]
    assert not wrong
    titles = Counter((tool.slug, str(capability.title).casefold()) for tool, capability in capabilities())
    assert not [title for title, times in titles.items() if times > 1]


def test_nothing_is_said_twice() -> None:
    """No sentence stands twice in the catalog, so that no entry is a copy of another with the name changed."""
    said = Counter(
        sentence.strip(" .;:").casefold()
        for tool in tools()
        for text in texts(tool)
        # What hosts charge for is the same fact for many open models.
        if tool.pricing is None or text != tool.pricing.note
        for sentence in _SENTENCE.split(text)
        if len(sentence.split()) >= 4
    )
    assert not [sentence for sentence, times in said.items() if times > 1]


def test_no_praise() -> None:
    """Entries say what a tool does, and leave praise to its makers."""
    found = {
        f"{tool.slug}: {match.group()}"
        for tool in tools()
        for text in texts(tool)
        for match in PRAISE.finditer(text)
    }
    assert not found


def test_tags_are_of_one_vocabulary() -> None:
    """Tags come from a fixed vocabulary that is in use, none twice in an entry."""
    used = Counter(tag for tool in tools() for tag in tool.tags)
    assert set(used) == TAGS
    assert not [tool.slug for tool in tools() if len(set(tool.tags)) < len(tool.tags)]


def test_tags_contradict_nothing() -> None:
    """What is tagged as proprietary isn't tagged as open, and its licence says the same."""
    odd = [
        tool.slug
        for tool in tools()
        if ("proprietary" in tool.tags and {"open-source", "open-weights"} & set(tool.tags))
        or (tool.licence == "Proprietary" and {"open-source", "open-weights"} & set(tool.tags))
    ]
    assert not odd


def test_figures_have_a_source_and_a_past_date() -> None:
    """Each figure names its source, the source's licence and a day that isn't ahead, and is one that ranks know."""
    today = datetime.now(UTC).date().isoformat()
    wrong = [
        f"{tool.slug}: {signal.metric} = {signal.value:g} ({signal.source}, {signal.observed_on}, {signal.licence})"
        for tool in tools()
        for signal in tool.signals
        if signal.metric.partition(":")[0] not in METRICS
        or signal.observed_on > today
        or signal.licence not in FIGURES_UNDER
        or signal.value < 0
        or (signal.unit in {"percent", "%"} and signal.value > 100)
    ]
    assert not wrong
    assert sum(bool(tool.signals) for tool in tools()) >= len(tools()) / 2


def test_figures_are_not_mixed_up() -> None:
    """No figure stands twice in an entry, with the same source and day but another value."""
    series = Counter(
        (tool.slug, signal.metric, signal.source, signal.observed_on)
        for tool in tools()
        for signal in tool.signals
    )
    assert not [one for one, times in series.items() if times > 1]


def test_prices_fit_their_kind() -> None:
    """Each price names its source and a past day; where the tool itself is free, a note says whose price it is."""
    today = datetime.now(UTC).date().isoformat()
    priced = {tool.slug: tool.pricing for tool in tools() if tool.pricing and tool.pricing.starting}
    assert priced
    for slug, pricing in priced.items():
        assert pricing.starting, slug
        assert pricing.starting.observed_on <= today, slug
        assert pricing.kind is not PricingKind.FREE or pricing.note, slug


def test_nothing_is_reported_by_others() -> None:
    """Entries hold our own text: no page's scores, no hidden capabilities, no borrowed capability."""
    assert not [tool.slug for tool in tools() if tool.reported or tool.hidden_capabilities]
    assert not [tool.slug for tool, capability in capabilities() if capability.source]


def test_successors_are_there() -> None:
    """A tool that another one takes over from says so only of one that has an entry and is active."""
    known = {tool.slug: tool for tool in tools()}
    wrong = [
        tool.slug
        for tool in tools()
        if tool.successor
        and (tool.status is Status.ACTIVE or known.get(tool.successor, tool).status is not Status.ACTIVE)
    ]
    assert not wrong


def test_rivals_can_be_opened(record_property: Callable[[str, object], None]) -> None:
    """Nearly every "versus" names at least one other tool of the catalog, so that a reader can go on from there."""
    finder = NameFinder(tools())
    silent = [
        f"{tool.slug}: {capability.title}"
        for tool, capability in capabilities()
        if not set(finder.find(str(capability.versus))) - {tool.slug}
    ]
    share = 1 - len(silent) / sum(1 for _ in capabilities())
    record_property("share of capabilities whose rivals have an entry", f"{share:.3f}")
    assert share >= RIVALS, silent
