"""House rules that run: what is promised of every command, setting, file and lock, checked on the project itself."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import re
import subprocess
import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from discord import app_commands
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.client import EXTENSIONS, Matchbook
from bot.settings import Settings
from bot.tree import Tree
from catalog import starter
from catalog.service import Catalog

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.tree import Root

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
FLOORS = ("bot", "commands", "catalog")
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
#: Discord's limit for the description of a command or option.
DESCRIPTION = 100
#: Discord's limits for a command with all that is under it: characters of names, descriptions and choices, and
#: how many commands, groups, options or choices stand beside each other.
CHARACTERS = 8000
BESIDE = 25
#: What discord.py puts where no description was given.
UNDESCRIBED = "…"
#: A noun a file: about 300 lines; one that grows far beyond that holds two.
LINES = 350
SHINGLE = 8

_ROW = re.compile(r"^\| *`([^`]+)` *\|", re.MULTILINE)
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(.*(?:\n {4}.*)*)", re.MULTILINE)
_WORD = re.compile(r"\w+(?:\.\w+)*")
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")
# Where a build machine keeps things; neither folder means anything to who runs the project.
_MACHINE = re.compile(r"(?<![\w.~-])/(?:work|root|home/[a-z]+)/")


@cache
def tracked() -> tuple[Path, ...]:
    """List the project's files: tracked ones and new ones that aren't ignored."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 (whichever git there is)
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git checkout: what belongs to the project can't be told from what lies beside it")
    names = {name for name in listed.stdout.decode().split("\0") if name}
    return tuple(path for path in (ROOT / name for name in sorted(names)) if path.is_file())


@cache
def texts() -> Mapping[str, str]:
    """Read the project's text files, by path from the root; pictures and other binary files are left out."""
    read: dict[str, str] = {}
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            read[path.relative_to(ROOT).as_posix()] = content.decode()
    return read


def project() -> dict[str, Any]:
    """Read the project file."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def section(document: str, heading: str) -> str:
    """Cut the section under a second-level heading out of a Markdown document."""
    _, found, rest = document.partition(f"\n## {heading}\n")
    assert found, f"there is no section {heading!r}"
    return rest.split("\n## ", 1)[0]


def pins(lock: str) -> dict[str, tuple[str, str]]:
    """Read a lock file: for each package its version and what follows it (marker and hashes)."""
    found = _PIN.findall((ROOT / lock).read_text())
    return {canonicalize_name(name): (version, rest) for name, version, rest in found}


def shingles(text: str) -> set[tuple[str, ...]]:
    """Give all runs of eight words of a text, in any case."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return {tuple(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)}


@pytest.fixture
async def roots() -> list[Root]:
    """All application commands that the bot loads, as Discord would get them."""
    bot = Matchbook(Catalog(), follow=timedelta(days=1), shard_count=1)
    for extension in EXTENSIONS:
        await bot.load_extension(extension)
    assert isinstance(bot.tree, Tree)
    return bot.tree._all()


def slashes(roots: Iterable[Root]) -> Iterator[app_commands.Command[Any, ..., Any]]:
    """Give every slash command that can be called, those in groups too."""
    for root in roots:
        if isinstance(root, app_commands.Group):
            yield from (found for found in root.walk_commands() if isinstance(found, app_commands.Command))
        elif isinstance(root, app_commands.Command):
            yield root


def usage(command: app_commands.Command[Any, ..., Any]) -> str:
    """Write a command as the README does: its name, then its options, optional ones in brackets."""
    options = (
        option.display_name if option.required else f"[{option.display_name}]"
        for option in command.parameters
    )
    return " ".join([f"/{command.qualified_name}", *options])


def undescribed(things: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Pick those of (name, description) whose description is missing or too long for Discord."""
    return {
        name: description
        for name, description in things
        if not description.strip(f"{UNDESCRIBED} ") or len(description) > DESCRIPTION
    }


async def test_every_command_and_group_is_described(roots: list[Root]) -> None:
    """Each slash command and group says what it does, in as many characters as Discord takes."""
    groups = [root for root in roots if isinstance(root, app_commands.Group)]
    described = [
        *((command.qualified_name, command.description) for command in slashes(roots)),
        *((group.qualified_name, group.description) for group in groups),
    ]
    assert described
    assert not undescribed(described)


async def test_every_option_is_described(roots: list[Root]) -> None:
    """Each option of each command says what goes into it."""
    options = [
        (f"/{command.qualified_name} {option.display_name}", str(option.description))
        for command in slashes(roots)
        for option in command.parameters
    ]
    assert options
    assert not undescribed(options)


def measured(part: Any) -> Iterator[int]:  # noqa: ANN401 (Discord's JSON)
    """Give the length of each name, description and choice of a command and of all that is under it."""
    yield sum(len(str(part.get(key) or "")) for key in ("name", "description", "value"))
    for inner in (*(part.get("options") or ()), *(part.get("choices") or ())):
        yield from measured(inner)


def widest(part: Any) -> int:  # noqa: ANN401 (Discord's JSON)
    """Give how many commands, groups, options or choices stand beside each other at most."""
    inner = [*(part.get("options") or ()), *(part.get("choices") or ())]
    return max([len(part.get("options") or ()), len(part.get("choices") or ()), *map(widest, inner)])


async def test_every_command_fits_discord(roots: list[Root]) -> None:
    """No root command, with all of its subcommands, options and choices, is larger than Discord takes."""
    bot = Matchbook(Catalog(), follow=timedelta(days=1), shard_count=1)
    payloads = {root.name: root.to_dict(bot.tree) for root in roots}
    sizes = {name: sum(measured(payload)) for name, payload in payloads.items()}
    assert sizes["catalog"] > 1000
    assert not {name: size for name, size in sizes.items() if size > CHARACTERS}
    assert not {name: payload for name, payload in payloads.items() if widest(payload) > BESIDE}


async def test_command_names_are_unique(roots: list[Root]) -> None:
    """No two commands share a name, whatever their kind, and none differs from another in case alone."""
    names = [root.name.casefold() for root in roots] + [
        command.qualified_name for command in slashes(roots) if command.parent
    ]
    assert len(names) == len(set(names))


async def test_every_command_stands_in_the_readme(roots: list[Root]) -> None:
    """The README's table of commands holds each command with all of its options, and no other."""
    table = section((ROOT / "README.md").read_text(), "Commands")
    written = [row for row in _ROW.findall(table) if row.startswith("/")]
    assert sorted(written) == sorted(usage(command) for command in slashes(roots))


def test_every_feature_is_loaded_and_kept_apart() -> None:
    """Each cog in commands/ is loaded by the bot, and the contract that cogs know no other cog names it."""
    cogs = sorted(
        f"commands.{path.stem}"
        for path in (ROOT / "commands").glob("*.py")
        if "\nasync def setup(" in path.read_text()
    )
    contracts = {contract["id"]: contract for contract in project()["tool"]["importlinter"]["contracts"]}
    assert cogs == sorted(EXTENSIONS)
    apart, *_ = contracts["cogs"]["layers"]
    assert cogs == sorted(f"commands.{cog}" for cog in apart.split(" | "))


def test_every_setting_is_documented() -> None:
    """Each setting is described in the code, has a row in the README, and stands in .env.example."""
    rows = _ROW.findall((ROOT / "README.md").read_text())
    example = re.findall(r"^(?:# *)?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    settings = {name.upper(): field for name, field in Settings.model_fields.items()}
    assert not [name for name, field in settings.items() if not field.description]
    assert sorted(settings) == sorted(row for row in rows if row.isupper())
    assert not set(settings) - set(example)
    # What compose.yaml reads from .env is no setting of the bot.
    assert (
        not set(example)
        - set(settings)
        - set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text()))
    )


def test_no_secret_has_a_value_in_the_example() -> None:
    """The example of a .env file holds no token, so that nobody runs with somebody else's."""
    assert not re.search(r"^DISCORD_TOKEN=\S", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert Settings.model_fields["discord_token"].default is None


def test_no_path_of_a_build_machine() -> None:
    """No file names a folder that exists only where the project was built."""
    found = {
        name: match.group() for name, text in texts().items() for match in [_MACHINE.search(text)] if match
    }
    assert not found


def test_shipped_code_speaks_of_the_project_alone() -> None:
    """What is shipped doesn't point at folders beside the project."""
    beside = re.compile(r"\.\./shared|shared/(?:seeds|eval|data)")
    shipped = {
        name: text for name, text in texts().items() if not name.startswith("tests/") and name != ".gitignore"
    }
    assert not [name for name, text in shipped.items() if beside.search(text)]


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_hashes_and_no_address(lock: str) -> None:
    """Each pin has a hash, and nothing says where to download from: that is for who installs."""
    text = (ROOT / lock).read_text()
    pinned = pins(lock)
    assert pinned
    assert not [name for name, (_, rest) in pinned.items() if "--hash=sha256:" not in rest]
    assert not re.search(r"https?://|git\+|file:|^-|^\s*--(?!hash=)| @ ", text, re.MULTILINE)
    # Whatever isn't a pin or its hash would be taken in unseen.
    starts = re.findall(r"^[^\s#].*", text, re.MULTILINE)
    assert [line for line in starts if "==" not in line] == []


def test_locks_are_in_step_with_the_project() -> None:
    """Each dependency of the project is pinned to a version that it allows, in every lock that should hold it."""
    file = project()
    extras = file["project"]["optional-dependencies"]
    running = [*file["project"]["dependencies"], *extras["postgres"]]
    groups = {
        # A group may include another one; that one is looked at by itself.
        name: [requirement for requirement in group if isinstance(requirement, str)]
        for name, group in file["dependency-groups"].items()
    }
    wanted = {
        "requirements.lock": running,
        "requirements-build.lock": [*groups["build"], *file["build-system"]["requires"]],
        "requirements-dev.lock": [*running, *extras["demo"], *groups["dev"], *groups["build"]],
    }
    missing = []
    for lock, requirements in wanted.items():
        pinned = pins(lock)
        for requirement in map(Requirement, requirements):
            version, _ = pinned.get(canonicalize_name(requirement.name), (None, ""))
            if version is None or not requirement.specifier.contains(version):
                missing.append(f"{lock}: {requirement} (pinned: {version})")
    assert not missing


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_agree(lock: str) -> None:
    """What runs in a container is what was tested: all locks pin the same versions."""
    tested = pins("requirements-dev.lock")
    differ = {
        name: version for name, (version, _) in pins(lock).items() if tested.get(name, ("",))[0] != version
    }
    assert not differ


def test_the_container_installs_no_tools_of_ours() -> None:
    """The lock that a container installs holds no test tool and no simulator."""
    assert not {"pytest", "hypothesis", "simcord", "ruff", "mypy"} & set(pins("requirements.lock"))


def test_every_module_is_described() -> None:
    """Each module on the three floors begins with a docstring."""
    modules = {name: text for name, text in texts().items() if name.endswith(".py")}
    shipped = {name: text for name, text in modules.items() if name.startswith(FLOORS)}
    assert shipped
    assert not [name for name, text in shipped.items() if not ast.get_docstring(ast.parse(text))]


def test_every_test_says_what_it_shows() -> None:
    """Each test has a docstring of one line, which reads as what would be broken if it failed."""
    wrong = []
    for name, text in texts().items():
        if not (name.startswith("tests/") and Path(name).name.startswith("test_") and name.endswith(".py")):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test_"):
                said = ast.get_docstring(node)
                if not said or "\n" in said:
                    wrong.append(f"{name}:{node.lineno} {node.name}")
    assert not wrong


def test_one_noun_a_file() -> None:
    """No module on the three floors grows beyond what one can read at a sitting."""
    long = {
        name: lines
        for name, text in texts().items()
        if name.startswith(FLOORS) and name.endswith(".py")
        for lines in [text.count("\n")]
        if lines > LINES
    }
    assert not long


def test_exceptions_to_rules_have_a_reason() -> None:
    """Each noqa names its rule and says why beside it."""
    bare = [
        f"{name}:{number}"
        for name, text in texts().items()
        if name.endswith(".py")
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(r"#\s*noqa(?!: [A-Z]+\d+(?:, [A-Z]+\d+)* \(.+\))", line)
    ]
    assert not bare


def test_links_between_documents_lead_somewhere() -> None:
    """Each relative link and picture in a Markdown document is a file of the project."""
    documents = {name: text for name, text in texts().items() if name.endswith(".md")}
    broken = [
        f"{name}: {target}"
        for name, text in documents.items()
        for target in _LINK.findall(text)
        if not (ROOT / name).parent.joinpath(target.strip()).exists()
    ]
    assert "README.md" in documents
    assert not broken


def test_documents_count_the_starter_catalog_rightly() -> None:
    """Where the README and the changelog say how many tools the starter catalog has, they are right."""
    tools = len(list(starter.FOLDER.glob("*/*.yaml")))
    said = {
        name: int(count)
        for name in ("README.md", "CHANGELOG.md")
        for count in re.findall(r"starter catalog of (\d+) tools", (ROOT / name).read_text())
    }
    assert said
    assert set(said.values()) == {tools}, said


def test_the_two_commands_work_as_the_readme_says() -> None:
    """The README's first screen names the two commands, and the Makefile has and describes every target."""
    makefile = (ROOT / "Makefile").read_text()
    first_screen = "\n".join((ROOT / "README.md").read_text().splitlines()[:15])
    assert all(command in first_screen for command in ("make demo", "make test"))
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE).group(1).split())  # type: ignore[union-attr]
    described = set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    assert {"setup", "demo", "test", "check", "bench", "run"} <= targets
    assert targets == described


def test_licence_and_changelog() -> None:
    """The licence is the one that the project file names, and the changelog has a place for what is new."""
    assert project()["project"]["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text().startswith("MIT License")
    changelog = (ROOT / "CHANGELOG.md").read_text()
    assert re.search(r"^## (?:\[?Unreleased\]?|\[?\d+\.\d+\.\d+)", changelog, re.MULTILINE)


def test_nothing_of_the_seed_pages_is_repeated() -> None:
    """No eight words in a row of the real pages' sentences stand anywhere in the project."""
    pages = sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else []
    if not pages:
        pytest.skip("the real comparison pages aren't beside the project")
    lines = [line for page in pages for line in page.read_text().splitlines() if not line.startswith("|")]
    # Figures and names are facts; a sentence has to have words besides them to be somebody's.
    theirs = {
        found for line in lines for found in shingles(line) if sum(w.isalpha() for w in found) > SHINGLE // 2
    }
    assert len(theirs) > 1000
    repeated = {
        name: " ".join(min(shared))
        for name, text in texts().items()
        for shared in [shingles(text) & theirs]
        if shared
    }
    assert not repeated


def test_nothing_is_kept_in_a_module() -> None:
    """No module makes a bot, settings or a catalog as it is loaded: they are opened in order and handed in."""
    made = []
    for name, text in texts().items():
        if not (name.startswith(FLOORS) and name.endswith(".py")):
            continue
        for node in ast.parse(text).body:
            value = getattr(node, "value", None)
            if isinstance(value, ast.Call) and inspect.cleandoc(ast.unparse(value.func)) in {
                "Settings",
                "Matchbook",
                "Catalog",
                "Database",
                "Storage",
            }:
                made.append(f"{name}:{node.lineno}")
    assert not made


@pytest.mark.parametrize(
    "module",
    [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in tracked()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in FLOORS and ">>> " in path.read_text()
    ],
)
def test_examples_in_docstrings_are_true(module: str) -> None:
    """What a docstring shows at a prompt is what the code gives."""
    failed, tried = doctest.testmod(importlib.import_module(module))
    assert tried
    assert not failed
