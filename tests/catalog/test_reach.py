from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from catalog.editing.change import Change, Edit
from catalog.models import Tool
from catalog.reach import Reach, not_found, reach, renames
from catalog.snapshot import Snapshot
from catalog.view import View

if TYPE_CHECKING:
    from pathlib import Path

LLAMA = Tool.model_validate({"name": "Llama", "type": "model", "summary": "A model."})
OTTER = Tool.model_validate({"name": "Otter", "type": "agent", "aliases": ["sea otter"]})
VIEW = View(Snapshot.of([LLAMA, OTTER], date(2026, 3, 1)))


async def _reach(view: View, change: Change, asked: list[tuple[str, int]]) -> Reach:
    return await reach(change, view, asked)


def _change(before: Tool | None, after: Tool | None) -> Change:
    slug = (before or after or LLAMA).slug
    return Change(title="x", edits=(Edit(slug=slug, before=before, after=after),))


@pytest.mark.parametrize(
    ("values", "does"),
    [
        ({"aliases": ("guanaco",)}, True),
        ({"name": "Lama"}, True),
        ({"type": "agent"}, True),
        ({"popularity": 0.5}, True),
        ({"summary": "Another."}, False),
        ({"vendor": "Us"}, False),
        ({"released_on": "2026"}, False),
        ({"family": "Camelids"}, True),
    ],
)
def test_what_renames(values: dict[str, object], does: bool) -> None:  # noqa: FBT001 (a case's outcome)
    """Only what can alter the reading of a name is replayed; a tool that comes or goes is."""
    assert renames(_change(LLAMA, LLAMA.model_copy(update=values))) is does
    assert renames(_change(None, LLAMA))
    assert renames(_change(LLAMA, None))


async def test_what_is_answered_differently() -> None:
    """What was asked is told with how it is answered now and then, the most asked first; the rest is counted."""
    renamed = LLAMA.model_copy(update={"aliases": ("guanaco", "vicugna")})
    change = Change(title="x", edits=(*_change(LLAMA, renamed).edits, *_change(OTTER, None).edits))
    asked = [("guanaco", 2), ("otter", 5), ("llama", 40), ("vicugna", 9)]
    told = await _reach(VIEW, change, asked)
    assert (told.texts, told.count) == (4, 56)
    assert [(one.text, one.count, one.after) for one in told.altered] == [
        ("vicugna", 9, "Llama"),
        ("otter", 5, "not found"),
        ("guanaco", 2, "Llama"),
    ]
    assert [one.before for one in told.altered] == ["not found", "Otter", "not found"]


async def test_a_family_that_gets_a_newer_member() -> None:
    """What asked for a family's newest is told, misspelt too, when an edit makes another one the newest."""
    old, new = (Tool(name=f"Llama {n}", family="Guanaco", released_on=f"202{n}") for n in (3, 4))
    view = View(Snapshot.of([old, new, OTTER], date(2026, 3, 1)))
    change = _change(old, old.model_copy(update={"released_on": "2025"}))
    assert renames(change)
    told = await _reach(view, change, [("guanaco", 2), ("guanacco", 1), ("otter", 5)])
    assert [(one.text, one.before, one.after) for one in told.altered] == [
        ("guanaco", "Llama 4", "Llama 3"),
        ("guanacco", "Llama 4", "Llama 3"),
    ]


async def test_a_question_back() -> None:
    """A name that two tools go by is told as a question back."""
    view = View(Snapshot.of([Tool.model_validate({"name": "Llama 2", "type": "model"}), OTTER], VIEW.today))
    change = _change(None, Tool.model_validate({"name": "Llama 3", "type": "model"}))
    (one,) = (await _reach(view, change, [("llama", 1), ("otter", 1)])).altered
    assert one.before in {"Llama 2", "asked back: Llama 2"}
    assert set(one.after.removeprefix("asked back: ").split(", ")) == {"Llama 2", "Llama 3"}


async def test_nothing_asked() -> None:
    """Where nobody asked anything, nothing is altered."""
    told = await _reach(VIEW, _change(LLAMA, None), [])
    assert (told.texts, told.count, told.altered) == (0, 0, ())


async def test_not_found() -> None:
    """Of what was asked, what names nothing is wanted, in the order given."""
    assert await not_found(VIEW, [("guanaco", 2), ("otter", 5), ("quarry", 1)]) == [
        ("guanaco", 2),
        ("quarry", 1),
    ]


#: What a text is read as before any change: the same for all of them.
_NOW: dict[str, str | None] = {}


def _now(view: View, text: str) -> str | None:
    if text not in _NOW:
        read = view.resolve(text).tool
        _NOW[text] = read.slug if read else None
    return _NOW[text]


@pytest.mark.parametrize(
    ("slug", "values"),
    [
        ("vllm", {"aliases": ("serve it", "gpt")}),
        ("vllm", {"name": "Claude Server"}),
        ("gpt-4o", {"aliases": ()}),
        ("stable-diffusion", {"popularity": 0.0}),
        ("stable-diffusion", None),
    ],
)
async def test_nothing_is_overlooked(
    prepared: tuple[Path, Snapshot], slug: str, values: dict[str, object] | None
) -> None:
    """Texts that aren't read twice are those that are read alike: every name of a catalog, whole, cut and mistyped."""
    view = View(prepared[1])
    tool = view.among([slug]).get(slug)
    if tool is None:
        pytest.skip("the catalog knows it no more")
    change = _change(tool, None if values is None else tool.model_copy(update=values))
    after = view.replaced({slug: change.edits[0].after})
    names = [name for one in view.tools for name in (one.name, *one.aliases[:2])]
    texts = dict.fromkeys([*names, *(name[:-1] for name in names[::3]), *(name[::-1] for name in names[::9])])
    told = await reach(change, view, [(text, 1) for text in texts if text])
    found = {one.text for one in told.altered}
    for text in filter(None, texts):
        then = after.resolve(text).tool
        if _now(view, text) != (then and then.slug):
            assert text in found
