"""What somebody wants to become of some documents, beside what they saw of them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from catalog.models import Document, Slug, Tool
from catalog.text import Line


class Edit(Document):
    """One document of a change: as somebody saw it, and as they want it; None is none."""

    slug: Slug
    before: Tool | None
    after: Tool | None


class Change(Document):
    """Documents that are changed together, or not at all; `title` says what for in a line of a log."""

    title: Line
    edits: Annotated[tuple[Edit, ...], Field(min_length=1)]

    @property
    def slugs(self) -> tuple[str, ...]:
        """The slugs of the documents."""
        return tuple(edit.slug for edit in self.edits)
