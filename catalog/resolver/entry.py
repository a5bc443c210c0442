"""An entry: what the resolver knows of a tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from catalog.families import Family
    from catalog.models import Tool, ToolType


class Entry(NamedTuple):
    """A tool's names, and what tells it from others of the same name.

    Attributes:
        slug: what the tool is filed under.
        name: as its document has it.
        aliases: other names, acronyms and nicknames; the last is the family's name where it carries one.
        popularity: how often it is meant, 0..1; it orders tools that fit equally well.
        vendor: its maker, whose name may stand beside the tool's.
        type: which says what words may stand beside the name ("the vLLM library").
        family: the family whose name it carries, because it is the newest of it.
    """

    slug: str
    name: str
    aliases: tuple[str, ...]
    popularity: float
    vendor: str | None
    type: ToolType
    family: Family | None = None

    @classmethod
    def of(cls, tool: Tool, popularity: float | None = None, family: Family | None = None) -> Entry:
        """Give the entry of a tool; its own popularity counts unless another is given."""
        known = tool.popularity if popularity is None else popularity
        aliases = (*tool.aliases, family.name) if family else tool.aliases
        return cls(tool.slug, tool.name, aliases, known or 0.0, tool.vendor, tool.type, family)

    @property
    def order(self) -> tuple[float, str]:
        """What entries are ordered by: the most popular first, equals by slug."""
        return (-self.popularity, self.slug)
