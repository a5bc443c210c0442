"""Explaining an import: by what each document was filed, and field by field what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.editing.difference import Difference, differences
from catalog.models import Document
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catalog.filing import Plan


class Explanation(Document):
    """What an import does to one tool.

    Attributes:
        why: what identified the first document that is about it: ``"same repository (github.com/vllm-project/vllm)"``.
        differences: place by place what becomes of it; of a new tool, all that it consists of.
    """

    why: str
    differences: tuple[Difference, ...]


async def explained(planned: Plan) -> Mapping[str, Explanation]:
    """Explain each change of a plan, by slug; many take turns on the loop."""
    return {
        slug: Explanation(why=planned.reasons[slug], differences=differences(planned.before.get(slug), after))
        async for slug, after in in_turns(planned.changes.items())
    }
