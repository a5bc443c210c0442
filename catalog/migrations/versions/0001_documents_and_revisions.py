"""Documents, the change log and settings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "revisions",
        sa.Column("number", _number, nullable=False, autoincrement=False),
        sa.Column("scope", sa.BigInteger(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True)),
        sa.Column("after", sa.JSON(none_as_null=True)),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_revisions"),
    )
    op.create_index("ix_revisions_scope_slug_number", "revisions", ["scope", "slug", "number"])
    op.create_table(
        "tools",
        sa.Column("scope", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("document", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("revision", _number, nullable=False),
        sa.ForeignKeyConstraint(["revision"], ["revisions.number"], name="fk_tools_revision_revisions"),
        sa.PrimaryKeyConstraint("scope", "slug", name="pk_tools"),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
    )


def downgrade() -> None:
    op.drop_table("settings")
    op.drop_table("tools")
    op.drop_index("ix_revisions_scope_slug_number", table_name="revisions")
    op.drop_table("revisions")
