"""Every kind of button, menu and form, and what has to be there before somebody can go through one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final

import discord

from bot import forms
from bot.address import Address, Screen
from bot.client import COMPONENTS
from catalog.drafts import Draft, Purpose
from catalog.editing.change import Change, Edit
from catalog.editing.fields import Section
from catalog.editing.form import filled
from catalog.editing.operations import with_alias
from catalog.editing.sentences import sentences
from catalog.moments import moment
from catalog.proposals import Proposal, ProposalKind, ProposalState
from catalog.revision import SHARED, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.storage import Storage
    from tests.commands.people import Answer, People, Person


@dataclass(frozen=True)
class Sent:
    """A custom_id, what is picked from a menu and what is typed into a form."""

    custom_id: str
    values: tuple[str, ...] = ()
    typed: dict[str, str] = field(default_factory=dict)


def doors() -> Iterator[str]:
    """Name each kind of button, menu and form, by how its custom_ids begin and what it does."""
    for component in COMPONENTS:
        yield from _beginnings(component.__discord_ui_compiled_template__.pattern)
    for pattern in vars(forms).values():
        if isinstance(pattern, re.Pattern):
            yield from (f"form {name}" for name in _beginnings(pattern.pattern))
    for form in discord.ui.Modal.__subclasses__():
        if form.__module__.startswith("bot.") and form.on_submit is not discord.ui.Modal.on_submit:
            yield f"form {form.__module__.rpartition('.')[2]}"


def _beginnings(pattern: str) -> Iterator[str]:
    acts = re.search(r"\(\?P<act>([^()]+)\)", pattern)
    for act in acts[1].split("|") if acts else [""]:
        told = pattern.replace(acts[0], act) if acts else pattern
        yield told.partition("(")[0].rstrip(":")


_NEW: Final = count(1)


@dataclass
class Doors:
    """Puts in place what somebody may press or send, and lets them."""

    people: People
    person: Person

    @property
    def _me(self) -> int:
        return self.people.actors[self.person].id

    @property
    def _storage(self) -> Storage:
        return self.people.world.catalog.storage

    async def prepared(self, door: str) -> Sent:
        """Put in place what a door leads to; give what somebody sends who goes through it."""
        name, _, whose = door.removesuffix(")").partition(" (") if "(" in door else (door, "", "")
        scope = SHARED if "shared" in whose else self.people.home
        owner = self.people.world.leo.id if whose == "another's" else self._me
        part = name.removeprefix("form ").partition(":")[0]
        make = getattr(self, f"_{part}")
        sent: Sent = await make(name, scope, owner, whose)
        return sent

    async def go_through(self, door: str, sent: Sent) -> Answer:
        """Press it, pick from it or send it."""
        if door == "form search":
            opened = await self.people.press(self.person, "search")
            assert opened.result.modal is not None
            (part,) = opened.result.modal["components"]
            asked = part.get("component") or part["components"][0]
            typed = {asked["custom_id"]: "speech to text"}
            return await self.people.send_form(self.person, opened.result.modal["custom_id"], **typed)
        if door.startswith("form "):
            return await self.people.send_form(self.person, sent.custom_id, **sent.typed)
        return await self.people.press(self.person, sent.custom_id, *sent.values)

    def _address(self) -> Address:
        return Address(Screen.TOOL, (self.people.world.catalog.get("vllm").key,), self._me)

    async def _go(self, *_: object) -> Sent:
        return Sent(f"go0:{self._address()}")

    async def _menu(self, *_: object) -> Sent:
        return Sent("menu", (str(self._address()),))

    async def _search(self, *_: object) -> Sent:
        return Sent("search")

    async def _suggest(self, *_: object) -> Sent:
        return Sent("suggest:Nowhere")

    async def _disputed(self, *_: object) -> Sent:
        tool = self.people.world.catalog.get("ollama")
        sentence = next(sentences(tool))
        return Sent("disputed", (f"{tool.key} {sentence.key}",))

    async def _delete(self, _: str, __: Scope, owner: int, ___: str) -> Sent:
        return Sent(f"delete:{owner}")

    async def _forget(self, _: str, __: Scope, owner: int, ___: str) -> Sent:
        return Sent(f"forget:{owner}")

    async def _revision(self, scope: Scope) -> int:
        (revision,) = await self._storage.recent(scope, 1)
        return int(revision.number)

    async def _history(self, _: str, scope: Scope, *__: object) -> Sent:
        return Sent(f"history:{scope.key}:{await self._revision(scope)}:0")

    async def _changes(self, _: str, scope: Scope, *__: object) -> Sent:
        return Sent(f"changes:{scope.key}", (str(await self._revision(scope)),))

    async def _undo(self, _: str, scope: Scope, *__: object) -> Sent:
        return Sent(f"undo:{scope.key}:{await self._revision(scope)}")

    async def _queue(self, _: str, scope: Scope, *__: object) -> Sent:
        return Sent(f"queue:{scope.key}:0")

    async def _waiting(self, _: str, scope: Scope, *__: object) -> Sent:
        return Sent(f"waiting:{scope.key}", (str(await self._proposed(scope, self.people.world.leo.id)),))

    async def _review(self, name: str, scope: Scope, *_: object) -> Sent:
        state = ProposalState.REJECTED if name == "review:reopen" else ProposalState.OPEN
        return Sent(f"{name}:{await self._proposed(scope, self.people.world.leo.id, state)}")

    async def _proposer(self, name: str, scope: Scope, owner: int, _: str) -> Sent:
        return Sent(f"{name}:{await self._proposed(scope, owner, ProposalState.ASKED)}")

    async def _note(self, name: str, scope: Scope, owner: int, _: str) -> Sent:
        name = name.removeprefix("form ")
        mine = name == "note:answer"
        state = ProposalState.ASKED if mine else ProposalState.OPEN
        number = await self._proposed(scope, owner if mine else self.people.world.leo.id, state)
        return Sent(f"{name}:{number}", (), {"note": "Because."})

    async def _draft(self, name: str, scope: Scope, owner: int, whose: str) -> Sent:
        change = self._change(scope)
        draft = Draft(
            owner_id=owner,
            scope=scope,
            made_at=moment(),
            change=change,
            slug=change.edits[0].slug,
            section=Section.NAMES,
            purpose=Purpose.PROPOSE if "suggested" in whose else Purpose.SAVE,
        )
        await self._storage.drafts.put(draft)
        if name == "form draft":
            return Sent(f"draft:{draft.key}", (), dict(filled(change.edits[0].after, Section.NAMES, None)))
        if name == "drafts":
            return Sent("drafts", (draft.key,))
        if name == "draft:choose":
            return Sent(f"draft:choose0:{draft.key}", ("mine somewhere",))
        values = ("links",) if name == "draft:section" else ()
        return Sent(f"{name}:{draft.key}", values)

    _drafts = _draft

    async def _dispute(self, _: str, scope: Scope, owner: int, __: str) -> Sent:
        tool = self.people.world.catalog.get("ollama")
        draft = Draft(
            owner_id=owner,
            scope=scope,
            made_at=moment(),
            slug=tool.slug,
            purpose=Purpose.PROPOSE,
            kind=ProposalKind.DISPUTE,
            sentence=next(sentences(tool)).text,
        )
        await self._storage.drafts.put(draft)
        return Sent(f"dispute:{draft.key}", (), {"note": f"It isn't so, {next(_NEW)}."})

    def _change(self, scope: Scope) -> Change:
        view = self.people.world.catalog.view(scope.guild_id)
        tool = view.get("ollama" if scope == SHARED else "quarrybird")
        alias = f"another name {next(_NEW)}"
        return Change(
            title=f"Add {alias}", edits=(Edit(slug=tool.slug, before=tool, after=with_alias(tool, alias)),)
        )

    async def _proposed(self, scope: Scope, proposer: int, state: ProposalState = ProposalState.OPEN) -> int:
        change = self._change(scope)
        filed, *_ = await self._storage.proposals.add(
            Proposal(
                scope=scope,
                kind=ProposalKind.CHANGE,
                state=state,
                title=change.title,
                slug=change.edits[0].slug,
                change=change,
                proposer="somebody",
                proposer_id=proposer,
                made_at=moment(),
            )
        )
        return filed.number or 0
