"""Documents and revisions as rows of the tables, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from catalog.editing.copies import Copy
from catalog.errors import StorageError
from catalog.models import Tool
from catalog.revision import Revision, RevisionKind, Scope

if TYPE_CHECKING:
    from sqlalchemy import Row, Table

#: How many documents go to or come from the database at a time; between two batches others get a turn.
BATCH: Final = 500


def upsert(dialect_insert: Any, table: Table) -> Any:  # noqa: ANN401 (the two dialects share no base)
    """Insert rows, or put them in place of those with the same key."""
    statement = dialect_insert(table)
    return statement.on_conflict_do_update(
        index_elements=table.primary_key.columns,
        set_={
            column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key
        },
    )


def write(tool: Tool | None) -> str | None:
    """Write a document as the database keeps it."""
    return None if tool is None else tool.model_dump_json(exclude_defaults=True)


def read(slug: str, document: str) -> Tool:
    """Read a document; StorageError names the one that can't be understood."""
    try:
        return Tool.model_validate_json(document)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "document"
        raise StorageError(
            f"The stored document of {slug!r} can't be understood ({place}: {first['msg']}); "
            "it was written by another version or edited by hand. Restore a backup or correct it."
        ) from error


def copy_of(row: Row[Any]) -> Copy:
    """Give what a scope has of its own in a row of `tools`; StorageError as `read`."""
    document, base = (None if text is None else read(row.slug, text) for text in (row.document, row.base))
    return Copy(document, base)


def row_of(revision: Revision) -> dict[str, Any]:
    """Give a revision's row."""
    return {
        "number": revision.number,
        "scope": revision.scope.key,
        "slug": revision.slug,
        "kind": revision.kind.value,
        "before": write(revision.before),
        "after": write(revision.after),
        "actor": revision.actor,
        "reason": revision.reason,
        "made_at": revision.made_at,
        "change": revision.change,
        "actor_id": revision.actor_id,
        "interaction_id": revision.interaction_id,
    }


def revision_of(row: Row[Any]) -> Revision:
    """Give the revision in a row; StorageError as `read`."""
    return Revision(
        number=row.number,
        scope=Scope.of(row.scope),
        slug=row.slug,
        kind=RevisionKind(row.kind),
        before=None if row.before is None else read(row.slug, row.before),
        after=None if row.after is None else read(row.slug, row.after),
        actor=row.actor,
        reason=row.reason,
        made_at=row.made_at,
        # What was written before revisions were kept together stands alone.
        change=row.change or row.number,
        actor_id=row.actor_id,
        interaction_id=row.interaction_id,
    )
