"""Rules that hold between entries: nothing twice, successors that are there, rivals that can be opened.

Each is given the entries that are judged and those that stand beside them, which are known and get no finding.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from catalog.clashes import goes_by, idle
from catalog.families import Families
from catalog.models import Status
from catalog.quality.finding import Finding, Spot, name_of, texts
from catalog.quality.rivals import Strangers
from catalog.quality.vocabulary import SENTENCE
from catalog.rivals import NameFinder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.importers import Incoming
    from catalog.quality.intended import Intended

    Entries = Sequence[Incoming]

_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")
#: What hosts charge for is the same fact for many open models.
_PRICES = ("pricing", "note")


def said_twice(judged: Entries, beside: Entries, intended: Intended) -> Iterator[Finding]:
    """Say nothing twice: an entry that is a copy of another with the name changed tells nobody anything."""
    ours = [(key, spot, sentence) for incoming in judged for key, spot, sentence in _sentences(incoming)]
    asked = {key for key, *_ in ours}.difference(intended.twice)
    said: dict[str, Spot] = {}
    # What stands beside comes first, so that of two places it is the new one that is told.
    for incoming in beside:
        for key, spot, _ in _sentences(incoming):
            if key in asked:
                said.setdefault(key, spot)
    for key, spot, sentence in ours:
        if key in asked and (first := said.setdefault(key, spot)) is not spot:
            yield Finding(
                name_of(said_twice), spot, f'"{sentence}" is said twice; reword it here or in', first
            )


def _sentences(incoming: Incoming) -> Iterator[tuple[str, Spot, str]]:
    """Give the sentences of an entry that should be its own: how they are compared, where they stand, as written."""
    for path, text in texts(incoming.tool):
        for sentence in _SENTENCE.split(text) if path != _PRICES else ():
            words = sentence.split()
            if len(words) >= SENTENCE:
                # The first words tell in which of its lines a text has it, wherever those are broken.
                yield sentence.strip(" .;:").casefold(), Spot(incoming, path, " ".join(words[:2])), sentence


def shared_name(judged: Entries, beside: Entries, intended: Intended) -> Iterator[Finding]:
    """Give each name and alias to one tool, and once: who types it would be asked which one they mean."""
    claims: dict[str, Spot] = {}
    for incoming in beside:
        for key, name in goes_by(incoming.tool).items():
            claims.setdefault(key, _place(incoming, name))
    for incoming in judged:
        yield from _repeated(incoming)
        for key, name in goes_by(incoming.tool).items():
            spot = _place(incoming, name)
            first = claims.setdefault(key, spot)
            if first.incoming.tool.slug != incoming.tool.slug and key not in intended.names:
                yield Finding(
                    name_of(shared_name), spot, f'"{name}" is claimed twice; keep it here or in', first
                )


def _repeated(incoming: Incoming) -> Iterator[Finding]:
    spelt: set[str] = set()
    for number, name in enumerate(incoming.tool.names):
        if name.casefold() in spelt:
            spot = Spot(incoming, ("aliases", number - 1))
            yield Finding(name_of(shared_name), spot, f'"{name}" is given twice; keep one of them')
        spelt.add(name.casefold())


def _place(incoming: Incoming, name: str) -> Spot:
    number = incoming.tool.names.index(name)
    return Spot(incoming, ("aliases", number - 1) if number else ("name",))


def lost_successor(judged: Entries, beside: Entries, _: Intended) -> Iterator[Finding]:
    """Name a successor that has an entry and is active."""
    known = {incoming.tool.slug: incoming.tool for incoming in (*beside, *judged)}
    for incoming in judged:
        slug = incoming.tool.successor
        if slug and (reason := idle(known.get(slug))):
            spot = Spot(incoming, ("successor",))
            yield Finding(name_of(lost_successor), spot, reason.format(f'"{slug}"'))


def unknown_rival(judged: Entries, beside: Entries, intended: Intended) -> Iterator[Finding]:
    """Name rivals that have an entry, or list them in wanted.toml with what they are."""
    strangers = Strangers([incoming.tool for incoming in (*beside, *judged)], intended)
    for incoming in judged:
        for number, name in strangers.named_by(incoming.tool):
            spot = Spot(incoming, ("capabilities", number, "versus"), name.split()[0])
            reason = (
                f'"{name}" has no entry; write its name out as its entry does, '
                "or list it in wanted.toml, or in intended.toml if it is no tool"
            )
            yield Finding(name_of(unknown_rival), spot, reason)


def no_live_rival(judged: Entries, beside: Entries, _: Intended) -> Iterator[Finding]:
    """Hold what is active against something that is: a rival that is deprecated or gone is no choice."""
    tools = [incoming.tool for incoming in (*beside, *judged)]
    active = {tool.slug: tool.status is Status.ACTIVE for tool in tools}
    finder = NameFinder(tools, Families.of(tools))
    for incoming in judged:
        if incoming.tool.status is not Status.ACTIVE:
            continue
        for number, capability in enumerate(incoming.tool.capabilities):
            if capability.source is None and capability.versus:
                rivals = [slug for slug in finder.find(capability.versus) if slug != incoming.tool.slug]
                if rivals and not any(active[slug] for slug in rivals):
                    spot = Spot(incoming, ("capabilities", number, "versus"))
                    reason = "versus names only tools that are deprecated or gone; name one that is active"
                    yield Finding(name_of(no_live_rival), spot, reason)


def misfiled(judged: Entries, _: Entries, __: Intended) -> Iterator[Finding]:
    """Put an entry into the folder of its type, in a file that is called like its slug."""
    for incoming in judged:
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
RULES_OF_A_FOLDER = (misfiled, lost_successor, unknown_rival, no_live_rival)
