"""What became of each rank, and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "ledger",
        sa.Column("number", _number, nullable=False, autoincrement=False),
        sa.Column("scope", sa.BigInteger(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("formula", sa.Text(), nullable=False),
        sa.Column("rank", sa.Float(53)),
        sa.Column("low", sa.Float(53), nullable=False),
        sa.Column("high", sa.Float(53), nullable=False),
        sa.Column("factor", sa.Float(53), nullable=False),
        sa.Column("components", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_ledger"),
    )
    op.create_index("ix_ledger_scope_slug_number", "ledger", ["scope", "slug", "number"])
    op.create_index(
        "ix_ledger_scope_slug_cause_mark", "ledger", ["scope", "slug", "cause", "mark"], unique=True
    )


def downgrade() -> None:
    op.drop_index("ix_ledger_scope_slug_cause_mark", table_name="ledger")
    op.drop_index("ix_ledger_scope_slug_number", table_name="ledger")
    op.drop_table("ledger")
