from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog import guilds as guilds_module
from catalog import snapshot
from catalog.editing.copies import Copy
from catalog.errors import UnknownToolError
from catalog.guilds import Guilds
from catalog.models import Tool
from catalog.service import Catalog
from catalog.snapshot import Snapshot
from catalog.view import View
from tests import starters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TODAY = date(2026, 11, 21)
OURS, OTHERS = 7, 8
DAY = "2026-11-20"
TOOLS = starters.all_tools()


def tool(name: str, **fields: Any) -> Tool:  # noqa: ANN401 (any field of a tool)
    """Make a tool with some fields."""
    return Tool.model_validate({"name": name, **fields})


def copied(documents: Mapping[str, Tool | None]) -> dict[str, Copy | None]:
    """Make copies of documents that were made of the shared ones as they are; None hides one."""
    shared = {one.slug: one for one in TOOLS}
    return {slug: Copy(document, shared.get(slug)) for slug, document in documents.items()}


#: One guild's own: a renamed vLLM with another alias, no Ollama, and a tool that nobody else has.
DOCUMENTS = {
    "vllm": tool("Our Server", slug="vllm", aliases=["housevllm"], type="repository", tasks=["serving"]),
    "ollama": None,
    "quarrybird": tool(
        "Quarrybird",
        type="repository",
        tasks=["serving"],
        capabilities=[{"description": "Serves quarry models.", "versus": "Quicker than SGLang."}],
    ),
}
COPIES = copied(DOCUMENTS)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The starter catalog, with one guild's copies beside it."""
    guilds = Guilds()
    guilds.put(OURS, COPIES, DAY)
    return Catalog(TOOLS, guilds=guilds, changed_on="2026-11-01")


def resolved(view: View, query: str) -> str | None:
    """Give the slug that a name is read as, if it is one."""
    found = view.resolve(query).tool
    return found.slug if found else None


#: Whatever can be asked, as data that can be held against what another view answers.
ASKED: list[Callable[[View], Any]] = [
    len,
    lambda view: list(view.tools),
    lambda view: view.changed_on,
    lambda view: view.complete(""),
    lambda view: view.complete("qua"),
    lambda view: [
        view.resolve(name) for name in ("vllm", "housevllm", "our server", "ollama", "quarrybird", "sglang")
    ],
    lambda view: view.understand("quarrybird vs vllm"),
    lambda view: view.rank("vllm"),
    lambda view: view.alternatives("sglang", limit=50),
    lambda view: view.compare(["vllm", "stable-diffusion"]),
    lambda view: view.find("serve quarry models"),
]


def test_a_guilds_copies_are_what_it_sees(catalog: Catalog) -> None:
    """A copy stands in for the shared tool, an own tool is one among all, a hidden one isn't there."""
    ours = catalog.view(OURS)
    assert len(ours) == len(TOOLS)
    assert ours.get("vllm").name == "Our Server"
    assert ours.by_key(tool("vLLM").key).name == "Our Server"
    assert resolved(ours, "housevllm") == resolved(ours, "our server") == "vllm"
    assert resolved(ours, "quarrybird") == "quarrybird"
    assert resolved(ours, "ollama") is None
    with pytest.raises(UnknownToolError):
        ours.get("ollama")
    with pytest.raises(UnknownToolError):
        ours.by_key(tool("Ollama").key)
    assert [found.slug for found in ours.complete("quarryb")] == ["quarrybird"]
    assert ours.rank("quarrybird").rank is None
    assert ours.compare(["quarrybird", "vllm"]).tools[1].name == "Our Server"


def test_an_own_tool_has_neighbours_and_is_found(catalog: Catalog) -> None:
    """What a guild added stands among the alternatives of others, has its own, and meets needs."""
    ours = catalog.view(OURS)
    near = {one.slug: one for one in ours.alternatives("quarrybird", limit=100)}
    assert "named beside it" in near["sglang"].reasons
    assert near["vllm"].name == "Our Server"
    back = {one.slug: one for one in ours.alternatives("sglang", limit=100)}
    assert "named beside it" in back["quarrybird"].reasons
    assert "ollama" not in {*near, *back}
    assert ours.find("serve quarry models")[0].slug == "quarrybird"
    assert "ollama" not in {match.slug for match in ours.find("run models locally", limit=100)}


def test_nobody_else_sees_them() -> None:
    """The shared view, another guild and a direct message answer as if the guild had no copies, to the last byte."""
    plain = Catalog(TOOLS, changed_on="2026-11-01")
    guilds = Guilds()
    guilds.put(OURS, COPIES, DAY)
    catalog = Catalog(TOOLS, guilds=guilds, changed_on="2026-11-01")
    for ask in ASKED:
        ask(catalog.view(OURS))
        for view in (catalog, catalog.view(), catalog.view(None), catalog.view(OTHERS)):
            assert ask(view) == ask(plain)


def test_copies_of_two_guilds_stay_apart(catalog: Catalog) -> None:
    """Two guilds with copies of one tool each see their own."""
    guilds = Guilds()
    guilds.put(OURS, COPIES, DAY)
    guilds.put(OTHERS, copied({"vllm": tool("Theirs", slug="vllm"), "sglang": None}), DAY)
    both = Catalog(TOOLS, guilds=guilds)
    assert both.view(OURS).get("vllm").name == "Our Server"
    assert both.view(OTHERS).get("vllm").name == "Theirs"
    assert resolved(both.view(OTHERS), "ollama") == resolved(both.view(), "ollama") == "ollama"
    assert resolved(both.view(OTHERS), "housevllm") is None
    assert resolved(both.view(OTHERS), "quarrybird") is None
    assert resolved(both.view(OURS), "sglang") == "sglang"
    assert list(catalog.view(OURS).tools) == list(both.view(OURS).tools)


def test_a_guild_without_copies_costs_nothing(catalog: Catalog) -> None:
    """Where a guild has nothing of its own it is given the shared view itself, and so is a direct message."""
    assert catalog.view(OTHERS) is catalog.view() is catalog.view(None)
    assert catalog.view(OURS) is catalog.view(OURS) is not catalog.view()


def test_a_dropped_copy_gives_way_to_the_shared_tool() -> None:
    """Without its copy a guild sees the shared tool again; without any it sees the shared view itself."""
    guilds = Guilds()
    guilds.put(OURS, copied({"vllm": DOCUMENTS["vllm"], "ollama": None}), DAY)
    catalog = Catalog(TOOLS, guilds=guilds)
    guilds.put(OURS, {"vllm": None}, DAY)
    assert catalog.view(OURS).get("vllm") is catalog.get("vllm")
    assert resolved(catalog.view(OURS), "ollama") is None
    guilds.put(OURS, {"ollama": None, "never there": None}, DAY)
    assert catalog.view(OURS) is catalog.view()


def test_only_so_many_views_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The view that wasn't asked for longest is forgotten first, and comes out the same when it is made again."""
    monkeypatch.setattr(guilds_module, "KEPT", 2)
    guilds = Guilds()
    for guild_id in (1, 2, 3):
        guilds.put(guild_id, copied({"own": tool(f"Own {guild_id}", slug="own")}), DAY)
    catalog = Catalog(TOOLS, guilds=guilds)
    first, second = catalog.view(1), catalog.view(2)
    assert catalog.view(1) is first
    catalog.view(3)
    assert catalog.view(1) is first
    again = catalog.view(2)
    assert again is not second
    assert again.get("own") is second.get("own")


def test_a_guild_that_hides_everything() -> None:
    """A guild that sees no tool at all can still ask."""
    guilds = Guilds()
    guilds.put(OURS, copied({"vllm": None}), DAY)
    ours = Catalog([tool("vLLM")], guilds=guilds).view(OURS)
    assert (len(ours), ours.complete(""), ours.find("serving"), ours.resolve("vllm").tool) == (
        0,
        (),
        (),
        None,
    )


def test_a_guilds_view_is_dated_by_what_it_sees(catalog: Catalog) -> None:
    """A guild's own change dates its view and nobody else's."""
    assert catalog.view(OURS).changed_on == DAY
    assert catalog.view().changed_on == catalog.view(OTHERS).changed_on == "2026-11-01"
    guilds = Guilds()
    guilds.put(OURS, COPIES, "2026-10-01")
    assert Catalog(TOOLS, guilds=guilds, changed_on="2026-11-01").view(OURS).changed_on == "2026-11-01"


async def test_a_guilds_view_is_made_of_the_shared_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the catalog is warm, no index is built for a guild, whatever it asks: that would stop everybody."""
    guilds = Guilds()
    guilds.put(OURS, COPIES, DAY)
    catalog = Catalog(TOOLS, guilds=guilds)
    await catalog.warm()
    for index in ("Neighbourhood", "NeedIndex", "Resolver"):
        monkeypatch.setattr(snapshot, index, None)
    for ask in ASKED:
        ask(catalog.view(OURS))


def test_chosen_tools_come_first_while_nothing_is_typed(catalog: Catalog) -> None:
    """What is put first is offered before the popular ones, once, as far as it is there; typing ends that."""
    chosen = ["comfyui", "gone", "vllm", "comfyui"]
    offers = catalog.complete(" ", first=chosen)
    assert [offer.slug for offer in offers[:2]] == ["comfyui", "vllm"]
    assert len({offer.slug for offer in offers}) == len(offers) == 25
    rest = [offer for offer in catalog.complete("") if offer.slug not in chosen]
    assert list(offers[2:]) == rest[:23]
    assert catalog.complete("mi", first=chosen) == catalog.complete("mi")
    everything = [one.slug for one in catalog.tools]
    assert [offer.slug for offer in catalog.complete("", limit=3, first=everything)] == everything[:3]


def mistyped(chance: random.Random, name: str) -> str:
    """Type a name as people do: a letter left out, doubled or moved, a word more or only the first one."""
    for _ in range(chance.randrange(3)):
        at = chance.randrange(max(1, len(name) - 1))
        name = name[:at] + chance.choice(["", name[at : at + 1] * 2, name[at + 1 : at + 2]]) + name[at + 1 :]
    return chance.choice([name, name, f"the best {name}", f"{name} 7b", name.split(" ")[0]])


@pytest.mark.parametrize("seed", range(6))
def test_a_guild_is_answered_as_from_a_catalog_of_its_own(catalog: Catalog, seed: int) -> None:
    """Whatever its copies change, add or hide, names come to what they would if nobody else's tools were there."""
    chance = random.Random(seed)  # noqa: S311 (the same each time)
    copies: dict[str, Tool | None] = {}
    for number in range(20):
        taken, other = chance.choice(TOOLS), chance.choice(TOOLS)
        slug = chance.choice([taken.slug, f"own-{number}"])
        renamed = {"slug": slug, "name": f"{other.name} {chance.choice(['', 'Pro', 'Mini 2'])}".strip()}
        copies[slug] = chance.choice([None, other.model_copy(update=renamed)])
    guilds = Guilds()
    guilds.put(OURS, copied(copies), DAY)
    ours = Catalog(catalog.tools, guilds=guilds).view(OURS)
    alone = Catalog(ours.tools)
    for _ in range(120):
        one = chance.choice(TOOLS)
        asked = mistyped(chance, chance.choice((one.name, *one.aliases)).lower())
        assert ours.resolve(asked) == alone.resolve(asked)


some = st.sampled_from(TOOLS[:12])
edits = st.dictionaries(
    st.sampled_from([one.slug for one in TOOLS[:6]] + ["new-a", "new-b"]),
    st.none() | st.sampled_from(TOOLS[20:40]),
    max_size=5,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(edits, min_size=1, max_size=3))
def test_edits_come_to_what_is_computed_anew(steps: list[dict[str, Tool | None]]) -> None:
    """After any edits tools, keys, ranks, names, needs and neighbours are those of a fresh snapshot."""
    after = Snapshot.of(TOOLS[:12], TODAY).warmed()
    for step in steps:
        named = {
            slug: one and one.model_copy(update={"slug": slug, "name": f"{one.name} {slug}"})
            for slug, one in step.items()
        }
        after = after.replaced(named).warmed()
    fresh = Snapshot.of(after.tools.values(), TODAY)
    assert after.ranks == fresh.ranks
    assert {one.slug for one in after.resolver.complete("", 100)} == set(after.tools)
    for slug, one in after.tools.items():
        assert after.by_key(one.key) is one
        assert resolved(View(after), one.name) == resolved(View(fresh), one.name)
        # What is rare weighs as it did, so who is just near enough may differ; who is gone may not turn up.
        near = {other.slug for other in after.neighbourhood.alternatives(slug, 99)}
        assert near <= after.tools.keys() - {slug}
        jobs, anew = (each.neighbourhood._traits.tasks.overlaps(slug) for each in (after, fresh))
        assert jobs.keys() == anew.keys()
    for need in ("serve a language model", "edit code", "draw pictures"):
        assert {match.slug for match in after.needs.find(need, 99)} == {
            match.slug for match in fresh.needs.find(need, 99)
        }
