"""Copies with a base, revisions that belong together, drafts, proposals and questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_document = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.add_column("revisions", sa.Column("change", sa.BigInteger()))
    op.add_column("revisions", sa.Column("actor_id", sa.BigInteger()))
    op.add_column("revisions", sa.Column("interaction_id", sa.BigInteger()))
    op.create_index("ix_revisions_scope_number", "revisions", ["scope", "number"])
    op.create_index("ix_revisions_change", "revisions", ["change"])
    op.create_index("ix_revisions_actor_id", "revisions", ["actor_id"])
    with op.batch_alter_table("tools") as tools:
        tools.add_column(sa.Column("base", _document))
        tools.alter_column("document", existing_type=_document, nullable=True)
    op.create_table(
        "drafts",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("content", _document, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_drafts"),
    )
    op.create_index("ix_drafts_owner_id", "drafts", ["owner_id"])
    op.create_index("ix_drafts_made_at", "drafts", ["made_at"])
    op.create_table(
        "proposals",
        sa.Column("number", _number, nullable=False, autoincrement=False),
        sa.Column("scope", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("proposer_id", sa.BigInteger()),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("content", _document, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_proposals"),
    )
    op.create_index("ix_proposals_scope_state_number", "proposals", ["scope", "state", "number"])
    op.create_index("ix_proposals_scope_fingerprint", "proposals", ["scope", "fingerprint"])
    op.create_index("ix_proposals_proposer_id_made_at", "proposals", ["proposer_id", "made_at"])
    op.create_table(
        "supporters",
        sa.Column("proposal", _number, nullable=False, autoincrement=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["proposal"], ["proposals.number"], name="fk_supporters_proposal_proposals"),
        sa.PrimaryKeyConstraint("proposal", "user_id", name="pk_supporters"),
    )
    op.create_index("ix_supporters_user_id", "supporters", ["user_id"])
    op.create_table(
        "questions",
        sa.Column("scope", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("last_on", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "text", name="pk_questions"),
    )


def downgrade() -> None:
    op.drop_table("questions")
    op.drop_index("ix_supporters_user_id", table_name="supporters")
    op.drop_table("supporters")
    for columns in ("scope_state_number", "scope_fingerprint", "proposer_id_made_at"):
        op.drop_index(f"ix_proposals_{columns}", table_name="proposals")
    op.drop_table("proposals")
    for column in ("owner_id", "made_at"):
        op.drop_index(f"ix_drafts_{column}", table_name="drafts")
    op.drop_table("drafts")
    op.execute(sa.text("DELETE FROM tools WHERE document IS NULL"))
    with op.batch_alter_table("tools") as tools:
        tools.alter_column("document", existing_type=_document, nullable=False)
        tools.drop_column("base")
    op.drop_index("ix_revisions_actor_id", table_name="revisions")
    op.drop_index("ix_revisions_change", table_name="revisions")
    op.drop_index("ix_revisions_scope_number", table_name="revisions")
    # Not by copying the table, as a batch would on SQLite: documents refer to its rows.
    for column in ("interaction_id", "actor_id", "change"):
        op.drop_column("revisions", column)
