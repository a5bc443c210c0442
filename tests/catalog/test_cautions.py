from __future__ import annotations

from datetime import date

import pytest

from catalog.cautions import cautions
from catalog.editing.change import Change, Edit
from catalog.models import Tool
from catalog.snapshot import Snapshot
from catalog.view import View

LLAMA = Tool.model_validate({"name": "Llama", "type": "model", "aliases": ["guanaco"]})
OTTER = Tool.model_validate({"name": "Otter", "type": "agent"})
OLD = Tool.model_validate({"name": "Old", "status": "deprecated", "successor": "llama"})
LOST = Tool.model_validate({"name": "Lost", "status": "gone"})
VIEW = View(Snapshot.of([LLAMA, OTTER, OLD, LOST], date(2026, 3, 1)))


def _change(*edits: tuple[Tool | None, Tool | None]) -> Change:
    return Change(
        title="x",
        edits=tuple(
            Edit(slug=(before or after or OTTER).slug, before=before, after=after) for before, after in edits
        ),
    )


def _with(tool: Tool, **values: object) -> Tool:
    return tool.model_copy(update=values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"aliases": ("Guanaco",)}, "“Guanaco” is a name of Llama too"),
        ({"name": "LLAMA"}, "“LLAMA” is a name of Llama too"),
        ({"status": "deprecated", "successor": "nothing"}, "“nothing” isn't in the catalog"),
        ({"successor": "llama"}, "An active tool's successor isn't shown; deprecate the tool, or leave"),
        (
            {"status": "gone", "successor": "old"},
            "The successor “old” is deprecated itself; name the one after it.",
        ),
        (
            {"status": "deprecated", "successor": "lost"},
            "The successor “lost” is gone itself; name the one after",
        ),
    ],
)
async def test_what_is_said(values: dict[str, object], said: str) -> None:
    """Names that others have, a successor that isn't there, and one that isn't shown are worth knowing."""
    (caution,) = await cautions(_change((OTTER, Tool.model_validate({**dict(OTTER), **values}))), VIEW)
    assert said in caution


async def test_names_that_were_there() -> None:
    """A name that a tool had before is no news, whoever else has it."""
    shared = _with(OTTER, aliases=("llama",))
    assert await cautions(_change((shared, _with(shared, summary="New."))), VIEW) == ()


async def test_a_successor_that_goes() -> None:
    """Who removes a successor is told of those that point to it, unless they are changed along with it."""
    (caution,) = await cautions(_change((LLAMA, None)), VIEW)
    assert "Llama is the successor of Old" in caution
    pointed = _with(OLD, successor="otter")
    assert await cautions(_change((LLAMA, None), (OLD, pointed)), VIEW) == ()


async def test_what_comes_along() -> None:
    """A successor that is added by the same change is there; names that pass from one tool to another are no clash."""
    new = Tool.model_validate({"name": "New"})
    old = _with(OTTER, status="deprecated", successor="new")
    assert await cautions(_change((None, new), (OTTER, Tool.model_validate(dict(old)))), VIEW) == ()
    moved = (LLAMA, _with(LLAMA, aliases=())), (OTTER, _with(OTTER, aliases=("guanaco",)))
    assert await cautions(_change(*moved), VIEW) == ()
