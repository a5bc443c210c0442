"""Whose data a document holds, and under which licence."""

from __future__ import annotations

import pytest

from catalog.credits import credits_of
from catalog.licences import is_share_alike
from catalog.models import Tool

SIGNAL = {"metric": "github_stars", "value": 1, "unit": "stars", "observed_on": "2026"}
TOOL = Tool.model_validate(
    {
        "name": "Probe",
        "signals": [{**SIGNAL, "source": "A", "licence": "MIT"}, {**SIGNAL, "source": "B"}],
        "pricing": {
            "kind": "usage",
            "starting": {"usd": 1, "unit": "month", "source": "C", "observed_on": "2026", "licence": "MIT"},
        },
        "capabilities": [
            {"description": "Tries."},
            {"description": "Errs.", "source": "D", "licence": "MIT"},
        ],
        "origins": [
            {"source": "A", "licence": "MIT", "observed_on": "2026", "fields": ["vendor"]},
            {"source": "B", "licence": "CC-BY-SA-4.0", "observed_on": "2026", "fields": ["links"]},
        ],
    }
)


def test_every_source_is_credited_once() -> None:
    """Figures, price, words and fields name their sources; what binds who passes them on is said."""
    assert [credit.text for credit in credits_of(TOOL)] == [
        "A (MIT)",
        "B (CC-BY-SA-4.0, share-alike)",
        "C (MIT)",
        "D (MIT)",
    ]
    assert credits_of(Tool(name="Probe")) == ()


@pytest.mark.parametrize(
    ("licence", "binds"),
    [
        ("CC-BY-SA-4.0", True),
        ("CC-BY-NC-SA-4.0", True),
        ("cc-by-sa-3.0", True),
        ("ODbL-1.0", True),
        ("CC-BY-4.0", False),
        ("CC0-1.0", False),
        ("Apache-2.0", False),
        ("", False),
    ],
)
def test_share_alike(licence: str, binds: bool) -> None:  # noqa: FBT001 (a parameter of a test)
    """A licence is share-alike whatever its version and case."""
    assert is_share_alike(licence) is binds
