"""Who may do what: what docs/moderation.md says, and what is tried with every kind of person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tests.commands.people import CURATORS, EVERYBODY, MANAGERS, MODERATORS, NOBODY, PRESENT, Person

#: A refusal for the sake of who asks says who may, or where.
_WORDED: Final = re.compile(
    r"Only |Use this command in a server|Settings belong to a server; use|This belongs to another server"
    r"|Matchbook has to be added to this server"
)
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
        return [*commands, *(re.sub(r"(form )?(\S+)", r"\1`\2`", door, count=1) for door in self.doors)]


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
    "catalog signal remove",
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
    "drafts",
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
        ("suggest tool", "suggest change", "suggest dispute", "Dispute this", "catalog drafts"),
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
        "Be forgotten, answer what moderators ask, take one's suggestion back or hear no more of it, delete an answer",
        EVERYBODY,
        ("privacy forget me",),
        _of(
            "own",
            "forget",
            "proposer:answer",
            "proposer:hush",
            "proposer:withdraw",
            "form note:answer",
            "delete",
        ),
    ),
    Right(
        "Delete the answer to somebody else (who may manage messages)",
        frozenset({Person.OWNER}),
        (),
        _of("another's", "delete"),
    ),
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
            "proposer:withdraw",
            "form note:answer",
        ),
    ),
)


def fault(
    person: Person, way: str, who: frozenset[Person], refusal: str | None, *, changed: bool
) -> str | None:
    """Say what is wrong with how somebody was answered, if anything is."""
    if person in who:
        return None if refusal is None else f"{way}: refused: {refusal}"
    if refusal is None:
        return f"{way}: not refused"
    if changed:
        return f"{way}: refused, but changed something"
    return None if _WORDED.match(refusal) else f"{way}: refused for another reason: {refusal}"
