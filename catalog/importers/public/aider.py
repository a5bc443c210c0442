"""Aider's leaderboards: how well models edit code, each row one run of one of its three benchmarks.

https://github.com/Aider-AI/aider, in aider/website/_data: polyglot (225 exercises in six languages), edit (133 in
Python; both with a second attempt after the failing tests are shown) and refactor (89 long methods). All three are
written alike, so the benchmark follows from the number of exercises that most rows have.

Of several runs of one model, the model's own plain result is that of the run

1. with nothing set, else with the middle effort or without thinking, else with any other setting;
2. among those of one snapshot, with the better result: aider gives a model the edit format that suits it.

Snapshots of a model are a series, each under the day of its run (of two on one day the better one's). Two models
together (aider's architect) are no model's own result, nor is a run that was broken off, nor one of weights that were
cut down to fewer bits.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from catalog.importers.public import display_names
from catalog.importers.public.model_ids import read_id
from catalog.importers.public.records import Record, check, listing, newest
from catalog.importers.public.source import Edition, Partial, Shape, Source, names
from catalog.importers.reading import Rejection
from catalog.models import Status, ToolType
from catalog.text import When  # noqa: TC001 (the record is checked by it)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from catalog.importers.public.display_names import Displayed


class _Row(Record):
    model: str
    edit_format: str
    test_cases: int
    pass_rate_1: float
    pass_rate_2: float | None = None
    command: str
    date: When


class _Board(NamedTuple):
    benchmark: str
    result: Callable[[_Row], float | None]
    exercises: int


_BOARDS: Final = (
    _Board("aider_polyglot", lambda row: row.pass_rate_2, 225),
    _Board("aider_edit", lambda row: row.pass_rate_2, 133),
    _Board("aider_refactor", lambda row: row.pass_rate_1, 89),
)
#: Rows with fewer of the benchmark's exercises were broken off; some lack one or a few that have gone since.
_SHARE: Final = 0.9
#: "Qwen3 235B A22B diff, no think, Alibaba API" is written without brackets.
_UNBRACKETED: Final = re.compile(r" (?:diff|whole), (.*)$")
#: What its API calls whichever version is the newest; the version stands behind.
_CHAT: Final = re.compile(r"^DeepSeek Chat (?=V\d)")
_AT_HOME: Final = re.compile(r"^ollama/|:\d+(?:\.\d+)?b\b|GGUF", re.IGNORECASE)
_CUT_DOWN: Final = re.compile(r"[-_:](?:q\d(?:_[a-z0-9]+)*)(?:-\d+k)?$", re.IGNORECASE)
_WHOLE: Final = re.compile(r"-(?:fp16|bf16)$")
_GIVEN: Final = re.compile(r"--model (\S+)")


class _Run(NamedTuple):
    place: str
    row: _Row
    displayed: Displayed
    percent: float

    @property
    def oddity(self) -> int:
        """How far it is from the maker's own model with nothing set; a copy at home is one step further."""
        return self.displayed.oddity + (_AT_HOME.search(self.row.model) is not None)


def _read(data: object, edition: Edition) -> Iterator[Partial | Rejection]:
    listed = listing(data, edition.where, "a list of runs")
    rows, rejected = check(_Row, ((_place(number, row), row) for number, row in enumerate(listed, 1)))
    yield from rejected
    if not rows:
        return
    board = _board(rows.values())
    runs: defaultdict[str, list[_Run]] = defaultdict(list)
    unused: dict[str, Rejection] = {}
    for place, row in rows.items():
        displayed = _displayed(row.model)
        reason = _unusable(row, board)
        if reason is None and _is_cut_down(row.model):
            cut_down = "only runs of weights cut down to fewer bits, no result of the model itself"
            unused.setdefault(displayed.key, Rejection(place, cut_down))
        elif reason is None and (percent := board.result(row)) is not None:
            runs[displayed.key].append(_Run(place, row, displayed, percent))
        else:
            yield Rejection(place, reason or "no result")
    yield from (rejection for key, rejection in unused.items() if key not in runs)
    given = _ids_given(runs)
    for key, its_own in runs.items():
        yield _partial(its_own, board, given[key], edition)


def _partial(runs: list[_Run], board: _Board, given: list[str], edition: Edition) -> Partial:
    plainest = min(run.oddity for run in runs)
    best: dict[str, _Run] = {}
    for run in sorted(runs, key=lambda run: -run.percent):
        if run.oddity == plainest:
            best.setdefault(run.displayed.snapshot, run)
    by_day = {run.row.date: run for run in reversed(best.values())}
    latest = max(by_day.values(), key=lambda run: run.row.date)
    shown = [run.displayed.model for run in runs]
    written = [read_id(run.row.model).written for run in runs if " " not in run.row.model]
    return Partial(
        latest.place,
        {
            "name": latest.displayed.model,
            "type": ToolType.MODEL,
            "aliases": names(*shown, *written, *given),
            "status": Status.DEPRECATED if "deprecated" in latest.displayed.settings else None,
            "signals": [
                signal
                for day, run in sorted(by_day.items(), reverse=True)
                for signal in edition.signal(f"benchmark:{board.benchmark}", run.percent, "percent", on=day)
            ],
        },
    )


def _board(data: Iterable[_Row]) -> _Board:
    """Tell the benchmark of a file by the number of exercises of most of its rows."""
    ((most, _),) = Counter(row.test_cases for row in data).most_common(1)
    return min(_BOARDS, key=lambda board: abs(board.exercises - most))


def _unusable(row: _Row, board: _Board) -> str | None:
    """Say why a row is no result of this benchmark for one model, if it is none."""
    exercises = row.test_cases
    if row.edit_format == "architect" or " + " in row.model:
        return "two models together; the result is neither's own"
    if exercises > board.exercises:
        return f"a run of {exercises} exercises among those of {board.exercises}; it belongs to another benchmark"
    if exercises < board.exercises * _SHARE:
        return f"broken off after {exercises} of {board.exercises} exercises"
    return None


def _displayed(text: str) -> Displayed:
    text = _CHAT.sub("DeepSeek ", _UNBRACKETED.sub(r" (\1)", text))
    if "/" in text or ":" in text:
        text = _WHOLE.sub("", _CUT_DOWN.sub("", text.rpartition("/")[2].replace(":", "-")))
    return display_names.read(text)


def _is_cut_down(model: str) -> bool:
    """Tell runs of fewer bits: Ollama's are, where their tag doesn't say otherwise."""
    return _CUT_DOWN.search(model) is not None or (
        _AT_HOME.search(model) is not None and _WHOLE.search(model) is None
    )


def _ids_given(runs: dict[str, list[_Run]]) -> dict[str, list[str]]:
    """Give by model the ids that were called, where they have a version and were called for that model alone."""
    called: defaultdict[str, set[str]] = defaultdict(set)
    for key, its_own in runs.items():
        for run in its_own:
            if found := _GIVEN.search(run.row.command):
                model = read_id(found[1])
                if any(map(str.isdigit, model.written)) and not model.is_pointer:
                    called[model.written].add(key)
    given: dict[str, list[str]] = {key: [] for key in runs}
    for written, keys in called.items():
        if len(keys) == 1:
            given[next(iter(keys))].append(written)
    return given


def _place(number: int, row: object) -> str:
    model = row.get("model") if isinstance(row, dict) else None
    return f"{number} ({model})" if model else str(number)


def _dated(data: object) -> str | None:
    """Give the day of the latest run: the file is as of then at least."""
    rows = data if isinstance(data, list) else []
    return newest(row.get("date") for row in rows if isinstance(row, dict))


SOURCES: Final = (
    Source(
        name="Aider leaderboards",
        licence="Apache-2.0",
        about="How well models edit code, each row one run of one of its three benchmarks.",
        shape=Shape.YAML,
        marks=("percent_cases_well_formed:", "edit_format:", "commit_hash:"),
        read=_read,
        dated=_dated,
    ),
)
