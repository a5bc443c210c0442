"""How much somebody has proposed lately, counted for the limit of a day, and still when they asked to be forgotten.

Of who was forgotten no id is kept but a keyed hash of it for each scope, with the moments at which they proposed
something, until a day has gone by: without that, forgetting would lift the limit. The key stays in the database.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, insert, select, update

from catalog.errors import EditError
from catalog.tables import proposals, settings, supporters

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from catalog.revision import Scope

#: The settings of these hashes begin so; `_KEY` is the setting that they are made with.
_FORGOTTEN: Final = "forgotten:"
_KEY: Final = "tally key"


def check(made: int, limit: int) -> None:
    """Refuse one more where as many were made as are taken in a day."""
    if made >= limit:
        raise EditError(
            f"You have made {made} proposal{'' if made == 1 else 's'} here within a day, which is as many as "
            "are taken. Try again tomorrow."
        )


async def counted(connection: AsyncConnection, scope: Scope, user_id: int, since: str) -> int:
    """Count what somebody proposed or supported in a scope since a moment, whatever became of it."""
    made = select(func.count()).where(
        proposals.c.scope == scope.key, proposals.c.proposer_id == user_id, proposals.c.made_at >= since
    )
    supported = (
        select(func.count())
        .select_from(supporters.join(proposals, proposals.c.number == supporters.c.proposal))
        .where(proposals.c.scope == scope.key, supporters.c.user_id == user_id, supporters.c.made_at >= since)
    )
    forgotten: list[str] = []
    if key := await connection.scalar(select(settings.c.value).where(settings.c.key == _KEY)):
        forgotten = await _moments(connection, _name(key, scope.key, user_id))
    return (
        (await connection.scalar(made) or 0)
        + (await connection.scalar(supported) or 0)
        + sum(moment >= since for moment in forgotten)
    )


async def remember(connection: AsyncConnection, user_id: int, since: str) -> None:
    """Keep when somebody who is about to be forgotten proposed or supported something since a moment."""
    made = select(proposals.c.scope, proposals.c.made_at).where(
        proposals.c.proposer_id == user_id, proposals.c.made_at >= since
    )
    supported = (
        select(proposals.c.scope, supporters.c.made_at)
        .select_from(supporters.join(proposals, proposals.c.number == supporters.c.proposal))
        .where(supporters.c.user_id == user_id, supporters.c.made_at >= since)
    )
    lately: defaultdict[int, list[str]] = defaultdict(list)
    for query in (made, supported):
        for scope, made_at in (await connection.execute(query)).all():
            lately[scope].append(made_at)
    if not lately:
        return
    key = await connection.scalar(select(settings.c.value).where(settings.c.key == _KEY))
    if key is None:
        key = secrets.token_hex(32)
        await connection.execute(insert(settings), [{"key": _KEY, "value": key}])
    for scope, moments in lately.items():
        name = _name(key, scope, user_id)
        value = "\n".join(sorted([*await _moments(connection, name), *moments]))
        await connection.execute(delete(settings).where(settings.c.key == name))
        await connection.execute(insert(settings), [{"key": name, "value": value}])


async def thin(connection: AsyncConnection, before: str) -> None:
    """Drop what was remembered of a day that is over."""
    kept = select(settings).where(settings.c.key.startswith(_FORGOTTEN, autoescape=True))
    for name, value in (await connection.execute(kept)).all():
        moments = [moment for moment in value.split("\n") if moment >= before]
        mine = settings.c.key == name
        if not moments:
            await connection.execute(delete(settings).where(mine))
        elif len(moments) < len(value.split("\n")):
            await connection.execute(update(settings).where(mine).values(value="\n".join(moments)))


async def _moments(connection: AsyncConnection, name: str) -> list[str]:
    value = await connection.scalar(select(settings.c.value).where(settings.c.key == name))
    return value.split("\n") if value else []


def _name(key: str, scope: int, user_id: int) -> str:
    digest = blake2b(f"{scope} {user_id}".encode(), key=bytes.fromhex(key), digest_size=16).hexdigest()
    return f"{_FORGOTTEN}{digest}"
