"""What every entry of the starter catalog has to live up to."""

from __future__ import annotations

import inspect
import re
import time
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from catalog import starter
from catalog.clashes import is_unshown
from catalog.families import Families
from catalog.importers import Authority, read_file
from catalog.models import Capability, Status, Task, Tool, ToolType
from catalog.names import name_key
from catalog.quality import Intended, read_lists, review
from catalog.quality.vocabulary import TAGS
from catalog.resolver import Outcome
from catalog.rivals import NameFinder
from tests.starters import all_tools, whole

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

#: How others' words may be licensed for a figure to be shipped: nothing that asks for the same licence.
FIGURES_UNDER = {"MIT", "Apache-2.0", "CC-BY-4.0", "CC0-1.0", "MPL-2.0"}
#: The share of capabilities whose "versus" has to name a tool that can be opened.
RIVALS = 0.95


#: The rules that an entry may be excused from.
_GAPS = {"missing", "few capabilities", "long summary"}
#: What went on as another kind of thing.
_MOVED = {"roo-code"}


def capabilities() -> Iterator[tuple[Tool, Capability]]:
    """Give every capability with its tool."""
    return ((tool, capability) for tool in all_tools() for capability in tool.capabilities)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_file(path: Path) -> None:
    """Each file holds one valid entry of our own."""
    reading = read_file(path)
    assert not reading.rejected
    assert not reading.warnings
    (incoming,) = reading.tools
    assert incoming.authority is Authority.OWN


def test_enough_of_what_people_talk_about() -> None:
    """There are hundreds of tools, of all kinds and for many jobs, and no slug twice."""
    assert len(all_tools()) == len(FILES) >= 265
    assert len({tool.slug for tool in all_tools()}) == len(all_tools())
    assert {tool.type for tool in all_tools()} >= set(ToolType) - {ToolType.EXTENSION, ToolType.OTHER}
    assert {task for tool in all_tools() for task in tool.tasks} >= set(Task) - {Task.DATA}


@pytest.mark.parametrize("name", MENTIONED)
def test_what_the_pages_mention(name: str) -> None:
    """Each tool that the comparison pages are about or mention has an entry and goes by that name."""
    found = whole().resolve(name)
    assert found.outcome is Outcome.RESOLVED
    assert found.confidence > 0.9


def test_every_name_finds_its_own_tool() -> None:
    """Each name and alias, typed exactly, resolves to the entry that it stands in."""
    strays = {
        name: found.candidates[:2]
        for tool in all_tools()
        for name in tool.names
        for found in [whole().resolve(name)]
        if found.tool is None or found.tool.slug != tool.slug
    }
    assert not strays


def test_entries_are_as_good_as_is_asked_of_contributors() -> None:
    """No entry breaks a rule of quality: `matchbook check catalog/starter` has nothing to say."""
    found = review(starter.read(), intended=read_lists(starter.FOLDER))
    assert not [f"{one.spot.incoming.where} {one.spot.path}: {one.reason}" for one in found]


def test_what_is_intended_is_needed() -> None:
    """The lists beside the entries hold nothing that no entry needs any more, and wish for no tool that is there."""
    lists = read_lists(starter.FOLDER)
    entries = starter.read()
    bare = review(entries, intended=Intended())
    assert lists.missing.keys() == {
        f"{one.spot.incoming.tool.slug}.{one.spot.path[0]}" for one in bare if one.rule in _GAPS
    }
    told = [(one.rule, one.reason.split('"')[1]) for one in bare if one.also]
    assert lists.names.keys() == {name_key(name) for rule, name in told if rule == "shared name"}
    assert lists.twice.keys() == {
        text.casefold().strip(" .;:") for rule, text in told if rule == "said twice"
    }
    rivals = " ".join(str(capability.versus) for _, capability in capabilities())
    assert not [name for name in lists.wanted if name not in rivals]
    taken = {name_key(name) for tool in all_tools() for name in tool.names}
    assert not [name for name in lists.wanted if name_key(name) in taken]


def test_successors_can_be_had() -> None:
    """Each is active and of the same kind; some of what is over has one, and what is active has none."""
    known = {tool.slug: tool for tool in all_tools()}
    passed = [(tool, known[tool.successor]) for tool in all_tools() if tool.successor]
    assert len(passed) >= 10
    assert not [tool.slug for tool, after in passed if after.status is not Status.ACTIVE or is_unshown(tool)]
    assert not [
        tool.slug for tool, after in passed if tool.type is not after.type and tool.slug not in _MOVED
    ]


def test_the_vocabulary_is_in_use() -> None:
    """Each tag of the vocabulary is that of some entry."""
    assert {tag for tool in all_tools() for tag in tool.tags} == TAGS


def test_figures_may_be_shipped() -> None:
    """Each figure names a licence that lets us pass it on; half of the entries have some, and some a price."""
    wrong = [
        f"{tool.slug}: {signal.metric} ({signal.source}, {signal.licence})"
        for tool in all_tools()
        for signal in tool.signals
        if signal.licence not in FIGURES_UNDER
    ]
    assert not wrong
    assert sum(bool(tool.signals) for tool in all_tools()) >= len(all_tools()) / 2
    assert any(tool.pricing and tool.pricing.starting for tool in all_tools())


def test_reading_them_takes_no_second() -> None:
    """Reading all of them takes less than a second of the processor's time, at best of three."""
    # Tests keep what was read once; here it is read each time.
    read = inspect.unwrap(starter.read)

    def taken() -> float:
        started = time.process_time()
        assert read()
        return time.process_time() - started

    assert min(taken() for _ in range(3)) < 1


def test_nothing_is_reported_by_others() -> None:
    """Entries hold our own text: no page's scores, no hidden capabilities, no borrowed capability."""
    assert not [tool.slug for tool in all_tools() if tool.reported or tool.hidden_capabilities]
    assert not [tool.slug for tool, capability in capabilities() if capability.source]


def test_families_have_names_of_their_own() -> None:
    """Members of a family are of one maker and kind, and no tool goes by the family's name, so that it floats."""
    lines: dict[str, list[Tool]] = defaultdict(list)
    for tool in all_tools():
        if tool.family:
            lines[tool.family].append(tool)
    assert not [name for name, line in lines.items() if len({(tool.vendor, tool.type) for tool in line}) > 1]
    for name in lines:
        newest = Families.of(all_tools()).newest(name)
        found = whole().resolve(name)
        assert newest is not None
        assert found.tool is not None
        assert found.tool.slug == newest.slug
        assert re.search(rf"the (newest|last) {re.escape(name)}\b.* here", found.note or "")


def test_rivals_can_be_opened(record_property: Callable[[str, object], None]) -> None:
    """Nearly every "versus" names at least one other tool of the catalog, so that a reader can go on from there."""
    finder = NameFinder(all_tools(), Families.of(all_tools()))
    silent = [
        f"{tool.slug}: {capability.title}"
        for tool, capability in capabilities()
        if not set(finder.find(str(capability.versus))) - {tool.slug}
    ]
    share = 1 - len(silent) / sum(1 for _ in capabilities())
    record_property("share of capabilities whose rivals have an entry", f"{share:.3f}")
    assert share >= RIVALS, silent
