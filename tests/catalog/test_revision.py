from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from catalog.models import Document, Tool
from catalog.revision import SHARED, Author, Revision, RevisionKind, Scope

FIELDS: dict[str, Any] = {
    "number": 1,
    "slug": "probe",
    "kind": RevisionKind.ADD,
    "before": None,
    "after": Tool(name="Probe"),
    "actor": "a test",
    "reason": "to see",
    "made_at": "2026-11-21T10:00:00Z",
    "change": 1,
}


@pytest.mark.parametrize("model", [Scope, Author, Revision], ids=lambda model: str(model.__name__))
def test_documents_are_strict(model: type[Document]) -> None:
    """No document takes a field that it doesn't know, or can be changed once it is made."""
    assert issubclass(model, Document)
    assert model.model_config == Document.model_config


def test_scopes() -> None:
    """The shared catalog is filed under 0, a guild's copy under the guild's own number, and both are read again."""
    assert (SHARED.key, Scope(guild_id=7).key) == (0, 7)
    assert (Scope.of(0), Scope.of(7)) == (SHARED, Scope(guild_id=7))
    with pytest.raises(ValidationError):
        Scope(guild_id=0)


def test_a_revision_says_when_in_utc() -> None:
    """A revision's time is UTC to the second, and nothing else is taken for it."""
    assert Revision(**FIELDS).scope == SHARED
    for wrong in ("2026-11-21T10:00:00+01:00", "2026-11-21 10:00:00", "now"):
        with pytest.raises(ValidationError):
            Revision(**FIELDS | {"made_at": wrong})


def test_an_author_says_who_and_why() -> None:
    """A name and a reason are one clean line each and have to be there; ids count from 1."""
    assert Author(name="A\u200bda", reason="one\ntwo") == Author(name="Ada", reason="one two")
    for wrong in (
        {"name": ""},
        {"reason": "\u200b"},
        {"reason": "x" * 301},
        {"user_id": 0},
        {"interaction_id": -1},
    ):
        with pytest.raises(ValidationError):
            Author.model_validate({"name": "Ada", "reason": "test", **wrong})


@pytest.mark.parametrize("kind", RevisionKind)
def test_what_leaves_a_document_of_its_own(kind: RevisionKind) -> None:
    """After adding and changing a scope has a document of its own; after all else it hasn't."""
    assert Revision(**FIELDS | {"kind": kind}).is_own == (kind in {"add", "change"})
