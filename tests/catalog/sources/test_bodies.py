"""Whatever a service writes, what is read of it is a figure that can be, or an error."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Signal
from catalog.sources import bodies
from catalog.sources.failures import UnreadableError
from catalog.sources.github import GITHUB
from catalog.sources.huggingface import HUGGING_FACE
from catalog.sources.npm import NPM
from catalog.sources.pypi import PYPI
from tests.catalog.sources.answers import COUNTS, DATASET, MODEL, RECENT, RELEASE, REPOSITORY

if TYPE_CHECKING:
    from catalog.sources.source import Figure, LiveSource

TODAY = date(2026, 9, 20)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)

GOOD: list[tuple[LiveSource, str, list[dict[str, Any] | None]]] = [
    (GITHUB, "vllm-project/vllm", [REPOSITORY, RELEASE]),
    (GITHUB, "vllm-project/vllm", [REPOSITORY, None]),
    (HUGGING_FACE, "meta-llama/Llama-3.1-8B-Instruct", [MODEL]),
    (HUGGING_FACE, "datasets/fka/prompts.chat", [DATASET]),
    (PYPI, "vllm", [RECENT]),
    (NPM, "@langchain/core", [COUNTS]),
]


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[LiveSource, str, list[Any]]:
    """Draw a true answer of which some fields, or all, are something else."""
    source, key, found = draw(st.sampled_from(GOOD))
    bodies_: list[Any] = []
    for body in found:
        fields = [] if body is None else sorted(body)
        changed = draw(st.dictionaries(st.sampled_from(fields), ANYTHING, max_size=3)) if fields else {}
        bodies_.append(draw(ANYTHING) if draw(st.integers(0, 9)) == 0 else body and body | changed)
    return source, key, bodies_


@given(spoilt())
def test_nothing_but_figures_that_can_be(case: tuple[LiveSource, str, list[Any]]) -> None:
    """Each answer is read to figures that a document can hold, or is refused in words."""
    source, key, found = case
    figures: tuple[Figure, ...] = ()
    said = "has "
    try:
        figures = source.read(key, found, TODAY).figures
    except UnreadableError as error:
        said = str(error)
    assert said.startswith(("has ", "is ", "says "))
    for metric, value, unit in figures:
        Signal(metric=metric, value=value, unit=unit, source=source.name, observed_on=TODAY.isoformat())
        assert value >= 0


@given(st.binary(max_size=60) | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_break_the_parser(body: bytes) -> None:
    """Any bytes are parsed or refused."""
    with suppress(UnreadableError):
        bodies.parsed(body)


def test_all_true_answers_are_read() -> None:
    """The answers that are spoilt above are good before."""
    for source, key, found in GOOD:
        answer = source.read(key, found, TODAY)
        assert answer.figures
        assert answer.flags == ()
