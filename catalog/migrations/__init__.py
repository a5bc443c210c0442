"""Bringing a database's tables into the form that the code expects, with Alembic inside the program."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy import Connection

# Alembic keeps the migration that is running in module globals: two at once would mix.
_ALEMBIC = Lock()


def scripts() -> ScriptDirectory:
    """Give the migrations, as Alembic lists them."""
    return ScriptDirectory(str(Path(__file__).parent))


def known() -> frozenset[str]:
    """Give the forms that the code knows; a database in another one was written by a newer version."""
    return frozenset(script.revision for script in scripts().walk_revisions())


@asynccontextmanager
async def alone() -> AsyncIterator[None]:
    """Wait until no other database is migrated in this process, whichever its thread or event loop."""
    while not _ALEMBIC.acquire(blocking=False):  # noqa: ASYNC110 (asyncio.Event serves one event loop only)
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        _ALEMBIC.release()


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest form, within the connection's transaction; nothing when they have it."""
    command.upgrade(_config(connection), "head")


def downgrade(connection: Connection) -> None:
    """Take all tables away again, within the connection's transaction."""
    command.downgrade(_config(connection), "base")


def _config(connection: Connection) -> Config:
    config = Config()
    # Alembic reads the path through configparser, to which a percent sign means something.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
