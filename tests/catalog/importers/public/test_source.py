from __future__ import annotations

import pytest

from catalog.importers.public.source import Edition, Shape, Source, model_links, packages, plain
from catalog.models import LinkKind

EDITION = Edition(
    Source("A list", "MIT", "Tools.", Shape.JSON, (), lambda _data, _edition: ()), "file", "2026-07-01"
)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://huggingface.co/wren/Wren-2B", LinkKind.MODEL_HUB),
        ("https://huggingface.co/wren/Wren-2B/blob/main/README.md", LinkKind.MODEL_HUB),
        ("https://github.com/wren/wren", LinkKind.REPOSITORY),
        ("https://arxiv.org/abs/2203.00000", LinkKind.PAPER),
        ("https://huggingface.co/datasets/wren/songs", None),
        ("https://huggingface.co/spaces/wren/Wren-2B", None),
        ("https://huggingface.co/blog/wren/wren-2", None),
        ("https://github.com/wren/wren/tree/main/models/two", None),
        ("https://arxiv.org/list/cs", None),
        ("https://wren.example", None),
        ("", None),
        (None, None),
    ],
)
def test_what_is_a_models_own(url: str | None, kind: LinkKind | None) -> None:
    """Its weights, its code, its paper; what is about several models is nobody's own."""
    assert list(model_links(url)) == ([(kind, url)] if kind else [])


def test_packages_are_spelt_as_in_their_registry() -> None:
    """None twice, and none that can't be any."""
    given = ("pypi:Wren_Sings", "pypi:wren-sings", "pypi:", "npm:@wren/sings", "npm:", "pypi:wren`")
    assert packages(*given) == ["pypi:wren-sings", "npm:@wren/sings"]


@pytest.mark.parametrize(
    ("moment", "days"),
    [
        ("2026-06-21T03:02:03Z", 10),
        ("2026-06-30 10:00:00", 1),
        ("2026-07-02", 0),
        ("never", None),
        ("", None),
    ],
)
def test_days_are_counted_to_the_day_of_the_file(moment: str, days: float | None) -> None:
    """What was later that day is no day ago, and what is no moment isn't counted."""
    assert EDITION.days_since(moment) == days


def test_markdown_becomes_a_plain_line() -> None:
    """Of a link its text stays, of code and bold type what stands in it."""
    assert plain("**Reads** `all` <b>of</b>\n[it](https://wren.example)") == "Reads all of it"
    assert plain(None) is None
