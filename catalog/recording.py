"""Keeping what live sources said: figures in the catalog, flags as proposals, and when to ask again."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import ValidationError

from catalog.flagging import is_held, mark, proposal_of
from catalog.moments import moment
from catalog.observing import figures_for, observed
from catalog.refreshes import Flagged, Noted, slot
from catalog.reviews import Reviews
from catalog.revision import Author
from catalog.sources.source import Concern
from catalog.storage.fetches import Fetch, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from catalog.models import Tool
    from catalog.proposals import Proposal
    from catalog.refreshes import Want
    from catalog.service import Catalog
    from catalog.sources.source import Answer, Flag

log = logging.getLogger(__name__)

_AUTHOR: Final = Author(name="matchbook", reason="live signals")
#: Answers that are written in one transaction, at most.
_BATCH: Final = 50
#: What is gone needn't be asked for every day.
_GONE_DAYS: Final = 7
#: What a source took back so many days ago is news when it says so again.
_FORGOTTEN: Final = timedelta(days=30)
#: Answers wait for no longer than this until they are written.
_WAITS: Final = timedelta(minutes=1)
#: Ends what is noted of a flag that a source has taken back, with the day on which it first did.
_BACK: Final = " back"
#: Ends what is noted of a flag that was seen once and not told yet.
_ONCE: Final = " once"


class Heard(NamedTuple):
    """An answer: to what, what was known before, what it says, and what the fetcher remembers of it."""

    want: Want
    before: Fetch | None
    answer: Answer
    known: str


class Recorder:
    """Gathers answers, and writes them many at a time.

    Attributes:
        changed: the tools of which a source told something new, by its key.
        unchanged: the tools of which it told what was known.
        gone: the tools of which it told that there is nothing any more.
        flagged: what it told that a person should look at.
        notes: what else it told in words.
    """

    def __init__(self, catalog: Catalog, now: Callable[[], datetime], *, patient: bool) -> None:
        self._catalog = catalog
        self._reviews = Reviews(catalog)
        self._now = now
        self._patient = patient
        self._heard: list[Heard] = []
        self._since = now()
        self._turn = asyncio.Lock()
        self.changed: defaultdict[str, list[str]] = defaultdict(list)
        self.unchanged: defaultdict[str, list[str]] = defaultdict(list)
        self.gone: defaultdict[str, list[str]] = defaultdict(list)
        self.flagged: defaultdict[str, list[Flagged]] = defaultdict(list)
        self.notes: defaultdict[str, list[Noted]] = defaultdict(list)

    async def add(self, heard: Heard) -> None:
        """Take an answer.

        Raises:
            StorageError: the database refused; the answers wait for the next time that they are written.
        """
        now = self._now()
        if not self._heard:
            self._since = now
        self._heard.append(heard)
        # A clock that was set back makes nothing wait for longer.
        if len(self._heard) >= _BATCH or not timedelta() <= now - self._since < _WAITS:
            await self.flush()

    async def flush(self) -> None:
        """Write what was gathered. What a source answered is noted last: what isn't noted is asked for again.

        Raises:
            StorageError: as `add`.
        """
        async with self._turn:
            heard, self._heard = self._heard, []
            if not heard:
                return
            try:
                await self._write(heard)
                notes = [await self._noted(one) for one in heard]
                await self._catalog.storage.fetches.save(notes)
            except BaseException:
                # Locked for too long, or stopped in the middle. To write what was written already changes nothing.
                self._heard = [*heard, *self._heard]
                raise

    async def _write(self, heard: Sequence[Heard]) -> None:
        """Write figures, in one transaction; none where nothing has changed."""
        slugs = list(dict.fromkeys(slug for one in heard for slug in one.want.slugs))
        told = self._told(self._catalog.among(slugs), heard)
        if any(told.news.values()):
            async with self._catalog.writing(_AUTHOR) as writer:
                # Another process may have changed them meanwhile.
                told = self._told(await writer.current(slugs), heard)
                for tool in told.tools.values():
                    await writer.put(tool)
        gone = {
            (one.want.source.key, slug) for one in heard if _is_gone(one.answer) for slug in one.want.slugs
        }
        for (source, slug), is_new in told.news.items():
            kept = self.gone if (source, slug) in gone else self.changed if is_new else self.unchanged
            kept[source].append(slug)

    def _told(self, tools: Mapping[str, Tool], heard: Sequence[Heard]) -> _Told:
        """Give what tools become by some answers."""
        told, day = _Told({}, {}), self._now().date()
        for want, _, answer, _ in heard:
            for slug in want.slugs:
                before = told.tools.get(slug) or tools.get(slug)
                if before is None:
                    continue
                figures = figures_for(before, want.source, answer, len(want.slugs))
                source, licence = want.source.name, want.source.licence
                try:
                    after = observed(before, source, figures, day, licence=licence, patient=self._patient)
                except ValidationError:
                    log.warning("%s: %s gave figures that can't be kept", want.source.name, want.key)
                    continue
                told.news[want.source.key, slug] = after != before
                if after != before:
                    told.tools[slug] = after
        return told

    async def _noted(self, heard: Heard) -> Fetch:
        """File what an answer was flagged for, and give what is remembered of it."""
        now = self._now()
        want, before, answer, known = heard
        flags = _remembered(before.flags if before else {}, answer, now.date())
        tools = self._catalog.among(want.slugs)
        for flag in answer.flags:
            for slug, tool in tools.items():
                others = [other.name for other in tools.values() if other is not tool]
                wanted = proposal_of(tool, want.source, want.key, flag, now, others)
                if wanted is not None:
                    # That something beside the tools was archived is one question, however many of them link to it.
                    is_one = flag.concern is Concern.ARCHIVED and wanted.change is None
                    sign = mark(want.key if is_one else slug, flag)
                    number = await self._filed(wanted, sign, flag, flags)
                    self.flagged[want.source.key].append(
                        Flagged(
                            slug=slug,
                            concern=flag.concern,
                            text=flag.text,
                            proposal=number,
                            pending=sign not in flags,
                        )
                    )
                    if is_one:
                        break
        notes = [Noted(slug=slug, text=text) for text in answer.notes for slug in tools]
        self.notes[want.source.key] += notes
        # As long as curators weren't told, it is looked at again the next day.
        rarely = _is_gone(answer) and not any(sign.endswith(_ONCE) for sign in flags)
        return Fetch(
            source=want.source.key,
            key=want.key,
            outcome=Outcome.ANSWERED,
            due_at=moment(slot(want.slugs[0], now, days=_GONE_DAYS if rarely else 1)),
            asked_at=moment(now),
            answered_at=moment(now),
            known=known,
            answer=answer,
            flags=flags,
        )

    async def _filed(self, wanted: Proposal, sign: str, flag: Flag, flags: dict[str, str]) -> int | None:
        """File what is proposed because of a flag, unless curators were told already; give its number.

        Also when they rejected it: who was told once and decided isn't told again. That something is gone is told
        when it is seen on a second day, as a service that has a bad one may say so of everything.
        """
        today, once = self._now().date().isoformat(), f"{sign}{_ONCE}"
        is_told = sign in flags
        if not is_told and flag.concern is Concern.GONE and flags.setdefault(once, today) == today:
            return None
        flags.pop(once, None)
        flags[sign] = today
        return None if is_told else (await self._reviews.propose(wanted)).proposal.number


def _is_gone(answer: Answer) -> bool:
    return any(flag.concern is Concern.GONE for flag in answer.flags)


def _remembered(before: Mapping[str, str], answer: Answer, today: date) -> dict[str, str]:
    """Give what an answer leaves of what curators were told.

    It is forgotten a month after the source first took it back, and not because nobody asked the source for a month.
    """
    flags: dict[str, str] = {}
    for sign, day in before.items():
        if sign.endswith(_BACK):
            continue
        if sign.endswith(_ONCE):
            # Is it there, the next time that it isn't is the first one again.
            if is_held(sign.removesuffix(_ONCE), answer):
                flags[sign] = day
            continue
        back = before.get(f"{sign}{_BACK}")
        if back and date.fromisoformat(back) <= today - _FORGOTTEN:
            continue
        flags[sign] = day
        if not is_held(sign, answer):
            flags[f"{sign}{_BACK}"] = back or today.isoformat()
    return flags


class _Told(NamedTuple):
    """Tools that have become others, and whether that is so, by source and slug."""

    tools: dict[str, Tool]
    news: dict[tuple[str, str], bool]
