"""The database's tables, as SQLAlchemy describes them.

A tool is one JSON document a row, filed under its scope and slug; what is searched or joined by people is
answered from memory, so no column repeats what the document says. In a guild's scope stands what that guild has of
its own: a copy, with the shared document that it was last brought up to as its `base`, or no document where the guild
has hidden the shared one. `revisions` is the change log: its numbers
count up from 1 without a gap, in the order of commits, and by them every process learns of every edit. Rows
that belong together are written in one transaction: no document is ever there without its revision.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

#: The form that these tables have: the newest migration's name. A start needs Alembic only when they differ.
FORM = "0004"
#: Where Alembic notes a database's form; not its default name, which other software may use.
VERSION_TABLE = "catalog_version"

#: Fixed names for keys and indexes, so that a later migration can say which one it means on either database.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMES)

# SQLite files rows by a key declared INTEGER (64 bits there) and by no other without a second index.
_number = BigInteger().with_variant(Integer, "sqlite")
# Not PostgreSQL's JSONB: JSON keeps the text as written, so an undone edit is the same to the byte.
_document = JSON(none_as_null=True)

revisions = Table(
    "revisions",
    metadata,
    Column("number", _number, primary_key=True, autoincrement=False),
    Column("scope", BigInteger, nullable=False),
    Column("slug", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("before", _document),
    Column("after", _document),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    # Of revisions made together the first one's number; by it all of them are undone together.
    Column("change", BigInteger),
    # Who it was on Discord, and by what interaction; none for a program, and for who asked to be forgotten.
    Column("actor_id", BigInteger),
    Column("interaction_id", BigInteger),
    Index(None, "scope", "slug", "number"),
    Index(None, "scope", "number"),
    Index(None, "change"),
    Index(None, "actor_id"),
)

tools = Table(
    "tools",
    metadata,
    Column("scope", BigInteger, primary_key=True, autoincrement=False),
    Column("slug", Text, primary_key=True),
    Column("document", _document),
    Column("revision", _number, ForeignKey(revisions.c.number), nullable=False),
    Column("base", _document),
)

# What became of each rank, and why. `mark` is the number of the revision where an edit is the cause, else the
# day (counted as Python's `date.toordinal`): nothing causes two entries for a tool. `components` is JSON, deflated:
# most of it says the same in every row.
ledger = Table(
    "ledger",
    metadata,
    Column("number", _number, primary_key=True, autoincrement=False),
    Column("scope", BigInteger, nullable=False),
    Column("slug", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("mark", BigInteger, nullable=False),
    Column("formula", Text, nullable=False),
    Column("rank", Float(53)),
    Column("low", Float(53), nullable=False),
    Column("high", Float(53), nullable=False),
    Column("factor", Float(53), nullable=False),
    Column("components", LargeBinary, nullable=False),
    Index(None, "scope", "slug", "number"),
    Index(None, "scope", "slug", "cause", "mark", unique=True),
)

settings = Table(
    "settings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# A change that somebody works on: what they typed outlives the process, and nobody else sees it.
drafts = Table(
    "drafts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("owner_id", BigInteger, nullable=False),
    Column("scope", BigInteger, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("content", _document, nullable=False),
    Index(None, "owner_id"),
    Index(None, "made_at"),
)

# What members would like to be changed. `fingerprint` is the same for proposals that want the same.
proposals = Table(
    "proposals",
    metadata,
    Column("number", _number, primary_key=True, autoincrement=False),
    Column("scope", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("proposer_id", BigInteger),
    Column("made_at", Text, nullable=False),
    Column("content", _document, nullable=False),
    Index(None, "scope", "state", "number"),
    Index(None, "scope", "fingerprint"),
    Index(None, "proposer_id", "made_at"),
)

# Who else wants what a proposal proposes, what they say about it, and whether they want no message.
supporters = Table(
    "supporters",
    metadata,
    Column("proposal", _number, ForeignKey(proposals.c.number), primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("made_at", Text, nullable=False),
    Column("note", Text),
    Column("quiet", Boolean, nullable=False),
    Index(None, "user_id"),
)

# Names as people typed them openly in a guild, and how often: nobody is stored with them.
questions = Table(
    "questions",
    metadata,
    Column("scope", BigInteger, primary_key=True, autoincrement=False),
    Column("text", Text, primary_key=True),
    Column("count", BigInteger, nullable=False),
    Column("last_on", Text, nullable=False),
)

# When a live source was last asked for a key, what it said, and when it is asked again. The row with an empty key is
# of the source itself: until when nothing is asked of it. `known` and `answer` are of the last answer that came.
fetches = Table(
    "fetches",
    metadata,
    Column("source", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("failures", BigInteger, nullable=False),
    Column("asked_at", Text, nullable=False),
    Column("answered_at", Text),
    Column("due_at", Text, nullable=False),
    Column("known", _document),
    Column("answer", _document),
    Column("flags", _document),
)

# What only one process may do at a time, which one does it, and until when that holds unless it says so again.
leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", Text, nullable=False),
)
