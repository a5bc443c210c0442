"""Rules that hold between entries: nothing twice, successors that are there, rivals that can be opened."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from catalog.models import Status
from catalog.names import name_key
from catalog.quality.finding import Finding, Spot, name_of, texts
from catalog.quality.rivals import Strangers
from catalog.quality.vocabulary import SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.importers import Incoming
    from catalog.models import Tool
    from catalog.quality.finding import Path
    from catalog.quality.intended import Intended

_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")
#: What hosts charge for is the same fact for many open models.
_PRICES = ("pricing", "note")


def said_twice(entries: Sequence[Incoming], intended: Intended) -> Iterator[Finding]:
    """Say nothing twice: an entry that is a copy of another with the name changed tells nobody anything."""
    said: dict[str, Spot] = {}
    for incoming in entries:
        for path, text in texts(incoming.tool):
            for sentence in _SENTENCE.split(text) if path != _PRICES else ():
                key = sentence.strip(" .;:").casefold()
                # The first words tell in which of its lines a text has it, wherever those are broken.
                spot = Spot(incoming, path, " ".join(sentence.split()[:2]))
                if len(sentence.split()) < SENTENCE or key in intended.twice:
                    continue
                if (first := said.setdefault(key, spot)) is not spot:
                    yield Finding(
                        name_of(said_twice), spot, f'"{sentence}" is said twice; reword it here or in', first
                    )


def shared_name(entries: Sequence[Incoming], intended: Intended) -> Iterator[Finding]:
    """Give each name and alias to one tool, and once: who types it would be asked which one they mean."""
    claims: dict[str, Spot] = {}
    for incoming in entries:
        spelt: set[str] = set()
        for path, name in _names(incoming.tool):
            spot = Spot(incoming, path)
            if name.casefold() in spelt:
                yield Finding(name_of(shared_name), spot, f'"{name}" is given twice; keep one of them')
            spelt.add(name.casefold())
            key = name_key(name)
            first = claims.setdefault(key, spot)
            if first.incoming.tool.slug != incoming.tool.slug and key not in intended.names:
                yield Finding(
                    name_of(shared_name), spot, f'"{name}" is claimed twice; keep it here or in', first
                )


def _names(tool: Tool) -> Iterator[tuple[Path, str]]:
    yield ("name",), tool.name
    for number, alias in enumerate(tool.aliases):
        yield ("aliases", number), alias


def lost_successor(entries: Sequence[Incoming], _: Intended) -> Iterator[Finding]:
    """Name a successor that has an entry and is active."""
    known = {incoming.tool.slug: incoming.tool for incoming in entries}
    for incoming in entries:
        slug = incoming.tool.successor
        if slug and (slug not in known or known[slug].status is not Status.ACTIVE):
            what = (
                f"is {known[slug].status}; name the one after it"
                if slug in known
                else "has no entry; write it first"
            )
            yield Finding(
                name_of(lost_successor), Spot(incoming, ("successor",)), f'the successor "{slug}" {what}'
            )


def unknown_rival(entries: Sequence[Incoming], intended: Intended) -> Iterator[Finding]:
    """Name rivals that have an entry, or list them in wanted.toml with what they are."""
    strangers = Strangers([incoming.tool for incoming in entries], intended)
    for incoming in entries:
        for number, name in strangers.named_by(incoming.tool):
            spot = Spot(incoming, ("capabilities", number, "versus"), name.split()[0])
            reason = f'"{name}" has no entry; list it in wanted.toml, or in intended.toml if it is no tool'
            yield Finding(name_of(unknown_rival), spot, reason)


def misfiled(entries: Sequence[Incoming], _: Intended) -> Iterator[Finding]:
    """Put an entry into the folder of its type, in a file that is called like its slug."""
    for incoming in entries:
        tool, file = incoming.tool, PurePath(incoming.where.rpartition(":")[0])
        if file.stem != tool.slug:
            reason = f'a file called "{file.stem}" for the slug "{tool.slug}"; rename it'
            yield Finding(name_of(misfiled), Spot(incoming, ("name",)), reason)
        if file.parent.name not in {"", tool.type}:
            reason = (
                f'a {tool.type.label_for(1)} in the folder "{file.parent.name}"; move it to "{tool.type}"'
            )
            yield Finding(name_of(misfiled), Spot(incoming, ("type",)), reason)


#: What any files are asked, and what only a folder of entries is that keeps lists of what is intended.
RULES = (said_twice, shared_name)
RULES_OF_A_FOLDER = (misfiled, lost_successor, unknown_rival)
