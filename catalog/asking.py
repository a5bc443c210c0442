"""One live source asked for one thing after the other, until all is asked or it doesn't answer any more."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from pydantic import ValidationError

from catalog.moments import moment
from catalog.observing import aged
from catalog.recording import Heard, Recorder
from catalog.refreshes import Failed, SourceReport, Want, put_off
from catalog.sources.fetching import Known, SourceError
from catalog.storage.fetches import WHOLE, Fetch, Fetches, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from catalog.sources.fetching import Fetched
    from catalog.sources.source import LiveSource

log = logging.getLogger(__name__)

#: First and longest pause of a key that failed, and of a source.
_KEY_PAUSES: Final = (timedelta(hours=1), timedelta(days=7))
_SOURCE_PAUSES: Final = (timedelta(minutes=15), timedelta(hours=6))


class Asker(Protocol):
    """Whoever asks sources: `catalog.sources.fetching.Fetcher`."""

    async def ask(self, source: LiveSource, key: str, known: Known | None) -> Fetched:
        """Ask a source; SourceError where it doesn't answer."""


@dataclass
class Round:
    """One source's part of a refresh.

    Attributes:
        source: whom.
        wants: what it is asked for, in order.
        before: how it was asked the last time, by key.
        asker: who asks.
        recorder: who keeps what it says.
        fetches: where it is kept that it didn't answer.
        now: the clock.
        is_alone: whether this process may still refresh.
        told: is told of each key that is done, or won't be.
    """

    source: LiveSource
    wants: Sequence[Want]
    before: Mapping[str, Fetch]
    asker: Asker
    recorder: Recorder
    fetches: Fetches
    now: Callable[[], datetime]
    is_alone: Callable[[], bool]
    told: Callable[[int], None]
    _requests: int = field(default=0, init=False)
    _failed: list[Failed] = field(default_factory=list, init=False)
    _left: int = field(default=0, init=False)
    _stopped: str | None = field(default=None, init=False)
    _until: str | None = field(default=None, init=False)

    async def run(self) -> None:
        """Ask until all is asked, or the source doesn't answer any more."""
        for place, want in enumerate(self.wants):
            left = len(self.wants) - place
            if not self.is_alone():
                self._stop("another process has taken over", left)
                return
            try:
                heard = await self._ask(want)
            except SourceError as error:
                # Whoever asked for fewer requests didn't mean this one. Else it is put off too: should it be what the
                # source stumbles over, the others come first the next time.
                if error.whole_source and error.retry_at:
                    await self._put_off(error)
                    self._stop(error.reason, left)
                    return
                await self._fail(want, error)
                if error.whole_source:
                    await self._put_off(error)
                    self._stop(error.reason, left - 1)
                    return
            except Exception:
                # One source's fault is nobody else's.
                log.exception("%s could not be asked for %s", self.source.name, want.key)
                self._stop("a fault of ours; the log says more", left)
                return
            else:
                await self._recover()
                await self.recorder.add(heard)
                self.told(1)

    async def _ask(self, want: Want) -> Heard:
        before = self.before.get(want.key)
        # A source may only say that nothing has changed where what it said is still there.
        known = _known(before.known) if before and before.known and before.answer else None
        fetched = await self.asker.ask(self.source, want.key, known)
        self._requests += fetched.asked
        answer = fetched.answer
        if answer is None:
            if before is None or before.answer is None or before.answered_at is None:
                raise SourceError("it says that nothing has changed, but it wasn't asked whether")
            then = datetime.fromisoformat(before.answered_at).date()
            # Answers of tomorrow are those of a clock that was ahead.
            days = max((self.now().date() - then).days, 0)
            answer = before.answer._replace(figures=aged(before.answer.figures, days))
        return Heard(want, before, answer, fetched.known.model_dump_json())

    async def _fail(self, want: Want, error: SourceError) -> None:
        """Put one thing off."""
        now, before = self.now(), self.before.get(want.key)
        failures = (before.failures if before else 0) + 1
        due_at = moment(put_off(now, failures, *_KEY_PAUSES, error.retry_at))
        failed = Fetch(self.source.key, want.key, Outcome.FAILED, due_at, moment(now))
        if before:
            # What it said the last time still stands.
            failed = before._replace(outcome=Outcome.FAILED, due_at=due_at, asked_at=moment(now))
        await self._save(failed._replace(reason=error.reason, failures=failures))
        self.told(1)
        self._failed.append(Failed(key=want.key, slugs=want.slugs, reason=error.reason, due_at=due_at))

    async def _put_off(self, error: SourceError) -> None:
        """Put the whole source off."""
        now, before = self.now(), self.before.get(WHOLE)
        failures = (before.failures if before else 0) + 1
        self._until = moment(put_off(now, failures, *_SOURCE_PAUSES, error.retry_at))
        outcome = Outcome.LIMITED if error.retry_at else Outcome.FAILED
        off = Fetch(self.source.key, WHOLE, outcome, self._until, moment(now))
        await self._save(off._replace(reason=error.reason, failures=failures))

    async def _recover(self) -> None:
        """Note that the source answers again."""
        off = self.before.get(WHOLE)
        if off and off.outcome is not Outcome.ANSWERED:
            now = moment(self.now())
            well = off._replace(outcome=Outcome.ANSWERED, due_at=now, asked_at=now, reason=None, failures=0)
            await self._save(well)
            self.before = {**self.before, WHOLE: well}

    def _stop(self, why: str, left: int) -> None:
        self._stopped, self._left = why, left
        self.told(left)

    def report(self) -> SourceReport:
        """Say what came of it."""
        key = self.source.key
        return SourceReport(
            key=key,
            name=self.source.name,
            requests=self._requests,
            changed=tuple(sorted(set(self.recorder.changed[key]))),
            # Where the database refused at first an answer is written twice, and the second time it is no news.
            unchanged=tuple(sorted({*self.recorder.unchanged[key]} - {*self.recorder.changed[key]})),
            gone=tuple(sorted(set(self.recorder.gone[key]))),
            flagged=tuple(self.recorder.flagged[key]),
            notes=tuple(self.recorder.notes[key]),
            failed=tuple(self._failed),
            left=self._left,
            stopped=self._stopped,
            until=self._until,
        )

    async def _save(self, fetch: Fetch) -> None:
        await self.fetches.save([fetch])


def _known(text: str) -> Known | None:
    """Read what the fetcher remembered; what another version wrote down is asked for anew."""
    try:
        return Known.model_validate_json(text)
    except ValidationError:
        return None
