from __future__ import annotations

import gc
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import context
from catalog.errors import ImportFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def test_reading_shows_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar is as long as all files together, and a long list moves it while it is read, not only at its end."""
    files = [tmp_path / "one.yaml", tmp_path / "names.jsonl"]
    files[0].write_text("name: Ollama\n")
    files[1].write_text("".join(f'{{"name": "Tool {number}"}}\n' for number in range(60_000)))
    totals: list[int | None] = []
    steps: list[int] = []

    @contextmanager
    def watched(_: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        totals.append(total)
        yield steps.append

    monkeypatch.setattr(context, "progress", watched)
    assert [len(reading.tools) for _, reading in context.read_all(files)] == [1, 60_000]
    assert totals == [sum(file.stat().st_size for file in files)] == [sum(steps)]
    assert len(steps) > len(files)


@pytest.mark.parametrize("text", ['{"name": "Ollama"}', "{oops"])
def test_garbage_is_collected_again_after_loading(tmp_path: Path, text: str) -> None:
    """Whether the catalog could be loaded or not."""
    file = tmp_path / "names.jsonl"
    file.write_text(text)
    asked: Any = SimpleNamespace(obj=())
    with suppress(ImportFileError):
        context.load(asked, [file])
    assert gc.isenabled()
