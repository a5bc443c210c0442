"""What somebody wants to become of some documents, beside what they saw of them."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from catalog.models import Document, Slug, Tool
from catalog.text import Line


class Edit(Document):
    """One document of a change: as somebody saw it, and as they want it; None is none."""

    slug: Slug
    before: Tool | None
    after: Tool | None

    @model_validator(mode="after")
    def _of_one_document(self) -> Self:
        if any(tool is not None and tool.slug != self.slug for tool in (self.before, self.after)):
            raise ValueError(f"an edit of {self.slug} can't make another tool of it")
        return self


class Change(Document):
    """Documents that are changed together, or not at all; `title` says what for in a line of a log."""

    title: Line
    edits: Annotated[tuple[Edit, ...], Field(min_length=1)]

    @property
    def slugs(self) -> tuple[str, ...]:
        """The slugs of the documents."""
        return tuple(edit.slug for edit in self.edits)


def changed(tool: Tool, wanted: Tool | None, title: str) -> Change:
    """Make the change of one tool into another state."""
    return Change(title=title, edits=(Edit(slug=tool.slug, before=tool, after=wanted),))
