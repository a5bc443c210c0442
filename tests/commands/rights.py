"""Who may do what: what docs/moderation.md says, and what is tried with every kind of person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Final

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
from tests.commands.people import CURATORS, EVERYBODY, MANAGERS, MODERATORS, NOBODY, PRESENT, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.commands.people import Answer, People

#: A refusal says who may, or what to do instead.
_ADVICE: Final = re.compile(r"\b(Only|[Aa]sk|[Uu]se|[Pp]ick|[Bb]egin)\b.*\.")
#: An option that asks for the shared catalog; each command that has it is tried with and without it.
SHARED_OPTION: Final = " shared:True"


@dataclass(frozen=True)
class Right:
    """A row of the table: what it is about, who may do it, and by which commands, buttons, menus and forms."""

    what: str
    who: frozenset[Person]
    commands: tuple[str, ...] = ()
    #: What is pressed or sent, as `doors` names it, and whose it is.
    doors: tuple[str, ...] = ()

    @property
    def ways(self) -> list[str]:
        """The same as the page lists it."""
        commands = [f"`{name}`" if name[0].isupper() else f"`/{name}`" for name in self.commands]
        named = dict.fromkeys(door.partition(" (")[0] for door in self.doors)
        return [*commands, *(re.sub(r"(form )?(\S+)", r"\1`\2`", name, count=1) for name in named)]


_EDITING: Final = (
    "catalog add",
    "catalog edit",
    "catalog capability add",
    "catalog capability edit",
    "catalog capability move",
    "catalog capability remove",
    "catalog alias add",
    "catalog alias remove",
    "catalog signal set",
    "catalog pricing",
    "catalog status",
    "catalog merge",
    "catalog remove",
    "catalog restore",
    "catalog undo",
    "catalog import",
    "catalog review",
    "catalog wanted",
)
_EDITED: Final = (
    "draft:save",
    "draft:again",
    "draft:drop",
    "draft:section",
    "draft:choose",
    "form draft",
)
_DECIDED: Final = (
    "undo",
    "queue",
    "waiting",
    "review:approve",
    "review:edit",
    "review:reject",
    "review:ask",
    "review:reopen",
    "review:show",
    "form note:reject",
    "form note:ask",
)


def _of(whose: str, *doors: str) -> tuple[str, ...]:
    return tuple(f"{door} ({whose})" for door in doors)


RIGHTS: Final = (
    Right(
        "Ask",
        EVERYBODY,
        ("about", "tool", "rank", "compare", "alternatives"),
        ("go", "menu", "search", "form search"),
    ),
    Right(
        "Read what was done, take the catalog along",
        EVERYBODY,
        ("catalog history", "catalog history shared:True", "catalog export", "catalog export shared:True"),
        _of("shared", "history", "changes"),
    ),
    Right("Turn the pages of this server's history", PRESENT, (), _of("server", "history", "changes")),
    Right(
        "Suggest",
        EVERYBODY,
        ("suggest tool", "suggest change", "suggest dispute", "Dispute this"),
        ("suggest", "disputed", *_of("own, shared", "form dispute")),
    ),
    Right(
        "Go on with one's own suggestion to this server",
        PRESENT,
        (),
        _of("own, suggested", *_EDITED, "form dispute"),
    ),
    Right(
        "Edit this server's catalog, decide on what is suggested to it",
        MODERATORS,
        (*_EDITING, "catalog reset", "catalog rebase", "catalog upstream", "catalog settings"),
        (*_of("own, server", *_EDITED), *_of("server", *_DECIDED)),
    ),
    Right(
        "Edit the shared catalog, decide on what is suggested to it",
        CURATORS,
        tuple(f"{command}{SHARED_OPTION}" for command in _EDITING),
        (*_of("own, shared", *_EDITED), *_of("shared", *_DECIDED)),
    ),
    Right(
        "Choose this server's settings",
        MANAGERS,
        (
            "settings weights",
            "settings moderators role",
            "settings review",
            "settings log",
            "settings proposals",
            "settings block",
        ),
    ),
    Right(
        "Be forgotten, answer what moderators ask, hear no more of one's suggestion, delete one's answer",
        EVERYBODY,
        ("privacy forget me",),
        _of("own", "forget", "proposer:answer", "proposer:hush", "form note:answer", "delete"),
    ),
    Right("Delete the answer to somebody else (who may manage messages)", frozenset({Person.OWNER}), (), _of("another's", "delete")),
    Right(
        "Do any of this in somebody else's name",
        NOBODY,
        (),
        _of(
            "another's",
            *_EDITED,
            "form dispute",
            "forget",
            "proposer:answer",
            "proposer:hush",
            "form note:answer",
        ),
    ),
)  # fmt: skip


def fault(person: Person, way: str, who: frozenset[Person], refusal: str | None, *, changed: bool) -> str | None:
    """Say what is wrong with how somebody was answered, if anything is."""
    if person in who:
        return None if refusal is None else f"{way}: refused: {refusal}"
    if refusal is None:
        return f"{way}: not refused"
    if changed:
        return f"{way}: refused, but changed something"
    return None if _ADVICE.search(refusal) else f"{way}: no advice: {refusal}"


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
    def _storage(self) -> Any:  # noqa: ANN401 (what of it is used is plain below)
        return self.people.world.catalog.storage

    async def prepared(self, door: str) -> tuple[str, tuple[str, ...], dict[str, str]]:
        """Put in place what a door leads to; give its custom_id, what is picked there and what is typed there."""
        name, _, whose = door.removesuffix(")").partition(" (") if "(" in door else (door, "", "")
        scope = SHARED if "shared" in whose else self.people.home
        owner = self.people.world.leo.id if whose == "another's" else self._me
        part = name.removeprefix("form ").partition(":")[0]
        make = getattr(self, f"_{part}")
        custom_id, values, typed = await make(name, scope, owner, whose)
        return custom_id, values, typed

    async def go_through(self, door: str, custom_id: str, values: tuple[str, ...], typed: dict[str, str]) -> Answer:
        """Press it, pick from it or send it."""
        if door == "form search":
            opened = await self.people.press(self.person, "search")
            assert opened.result.modal is not None
            (part,) = opened.result.modal["components"]
            field = part.get("component") or part["components"][0]
            return await self.people.send_form(
                self.person, opened.result.modal["custom_id"], **{field["custom_id"]: "speech to text"}
            )
        if door.startswith("form "):
            return await self.people.send_form(self.person, custom_id, **typed)
        return await self.people.press(self.person, custom_id, *values)

    def _address(self) -> Address:
        return Address(Screen.TOOL, (self.people.world.catalog.get("vllm").key,), self._me)

    async def _go(self, *_: object) -> Any:
        return f"go0:{self._address()}", (), {}

    async def _menu(self, *_: object) -> Any:
        return "menu", (str(self._address()),), {}

    async def _search(self, *_: object) -> Any:
        return "search", (), {}

    async def _suggest(self, *_: object) -> Any:
        return "suggest:Nowhere", (), {}

    async def _disputed(self, *_: object) -> Any:
        tool = self.people.world.catalog.get("ollama")
        sentence = next(sentences(tool))
        return "disputed", (f"{tool.key} {sentence.key}",), {}

    async def _delete(self, _: str, __: Scope, owner: int, ___: str) -> Any:
        return f"delete:{owner}", (), {}

    async def _forget(self, _: str, __: Scope, owner: int, ___: str) -> Any:
        return f"forget:{owner}", (), {}

    async def _revision(self, scope: Scope) -> int:
        (revision,) = await self._storage.recent(scope, 1)
        return int(revision.number)

    async def _history(self, _: str, scope: Scope, *__: object) -> Any:
        return f"history:{scope.key}:{await self._revision(scope)}:0", (), {}

    async def _changes(self, _: str, scope: Scope, *__: object) -> Any:
        return f"changes:{scope.key}", (str(await self._revision(scope)),), {}

    async def _undo(self, _: str, scope: Scope, *__: object) -> Any:
        return f"undo:{scope.key}:{await self._revision(scope)}", (), {}

    async def _queue(self, _: str, scope: Scope, *__: object) -> Any:
        return f"queue:{scope.key}:0", (), {}

    async def _waiting(self, _: str, scope: Scope, *__: object) -> Any:
        return f"waiting:{scope.key}", (str(await self._proposed(scope, self.people.world.leo.id)),), {}

    async def _review(self, name: str, scope: Scope, *_: object) -> Any:
        state = ProposalState.REJECTED if name == "review:reopen" else ProposalState.OPEN
        return f"{name}:{await self._proposed(scope, self.people.world.leo.id, state)}", (), {}

    async def _proposer(self, name: str, scope: Scope, owner: int, _: str) -> Any:
        return f"{name}:{await self._proposed(scope, owner, ProposalState.ASKED)}", (), {}

    async def _note(self, name: str, scope: Scope, owner: int, _: str) -> Any:
        name = name.removeprefix("form ")
        mine = name == "note:answer"
        state = ProposalState.ASKED if mine else ProposalState.OPEN
        number = await self._proposed(scope, owner if mine else self.people.world.leo.id, state)
        return f"{name}:{number}", (), {"note": "Because."}

    async def _draft(self, name: str, scope: Scope, owner: int, whose: str) -> Any:
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
            return f"draft:{draft.key}", (), dict(filled(change.edits[0].after, Section.NAMES, None))
        if name == "draft:choose":
            return f"draft:choose0:{draft.key}", ("mine somewhere",), {}
        values = ("links",) if name == "draft:section" else ()
        return f"{name}:{draft.key}", values, {}

    async def _dispute(self, _: str, scope: Scope, owner: int, __: str) -> Any:
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
        return f"dispute:{draft.key}", (), {"note": f"It isn't so, {next(_NEW)}."}

    def _change(self, scope: Scope) -> Change:
        view = self.people.world.catalog.view(scope.guild_id)
        tool = view.get("ollama" if scope == SHARED else "quarrybird")
        alias = f"another name {next(_NEW)}"
        return Change(title=f"Add {alias}", edits=(Edit(slug=tool.slug, before=tool, after=with_alias(tool, alias)),))

    async def _proposed(self, scope: Scope, proposer: int, state: ProposalState = ProposalState.OPEN) -> int:
        change = self._change(scope)
        filed, _ = await self._storage.proposals.add(
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
        return int(filed.number)
