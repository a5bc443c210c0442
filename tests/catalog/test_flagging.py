from __future__ import annotations

from datetime import UTC, datetime

import pytest

from catalog.flagging import is_held, mark, proposal_of
from catalog.models import Link, LinkKind, Status, Tool, ToolType
from catalog.proposals import ProposalKind
from catalog.sources.github import GITHUB
from catalog.sources.pypi import PYPI
from catalog.sources.source import Answer, Concern, Flag

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
OLD = Link(kind=LinkKind.REPOSITORY, url="https://github.com/ants/ant")
HOME = Link(kind=LinkKind.HOMEPAGE, url="https://ant.example")
TOOL = Tool(name="Ant", links=(HOME, OLD), packages=("pypi:ant",))
MOVED = Flag(Concern.MOVED, "ants/ant is bees/ant on GitHub now.", "https://github.com/bees/ant")
GONE = Flag(Concern.GONE, "GitHub has nothing under ants/ant any more (404).")
ARCHIVED = Flag(Concern.ARCHIVED, "ants/ant was archived on GitHub.")


def test_what_moved_gets_its_link_replaced() -> None:
    """The link alone, of its kind and in its place; other links stay."""
    proposal = proposal_of(TOOL, GITHUB, "ants/ant", MOVED, NOW)
    assert proposal is not None
    assert proposal.change is not None
    assert (proposal.kind, proposal.slug, proposal.proposer_id) == (ProposalKind.CHANGE, "ant", None)
    (edit,) = proposal.change.edits
    assert edit.before == TOOL
    assert edit.after == TOOL.edited(
        {"links": (HOME, Link(kind=LinkKind.REPOSITORY, url="https://github.com/bees/ant"))}
    )
    assert "is bees/ant on GitHub now" in (proposal.note or "")


@pytest.mark.parametrize("url", [None, "no address", "https://github.com/(x)"])
def test_where_it_moved_to_may_be_unknown(url: str | None) -> None:
    """Then a person is asked to look."""
    proposal = proposal_of(TOOL, GITHUB, "ants/ant", MOVED._replace(url=url), NOW)
    assert proposal is not None
    assert (proposal.kind, proposal.change) == (ProposalKind.DISPUTE, None)


def test_what_is_gone_is_looked_at() -> None:
    """The link is disputed; nothing is proposed to be changed, least of all deleted."""
    proposal = proposal_of(TOOL, GITHUB, "ants/ant", GONE, NOW)
    assert proposal is not None
    assert (proposal.kind, proposal.change, proposal.sentence) == (ProposalKind.DISPUTE, None, OLD.url)


def test_a_package_has_no_link() -> None:
    """Then what the source calls it stands for it."""
    proposal = proposal_of(TOOL, PYPI, "ant", GONE, NOW)
    assert proposal is not None
    assert proposal.sentence == "ant"


def test_what_is_archived_is_deprecated() -> None:
    """Approving would say so of the tool."""
    proposal = proposal_of(TOOL, GITHUB, "ants/ant", ARCHIVED, NOW)
    assert proposal is not None
    assert proposal.change is not None
    assert proposal.change.edits[0].after == TOOL.edited({"status": Status.DEPRECATED})


@pytest.mark.parametrize(
    ("tool", "others", "also"),
    [
        (TOOL.edited({"type": ToolType.MODEL}), (), ""),
        (TOOL.edited({"licence": "Proprietary"}), (), ""),
        (TOOL, ("Bee",), " Bee links there too."),
        (TOOL, ("Bee", "Cat", "Dog"), " Bee, Cat and Dog link there too."),
    ],
)
def test_what_is_archived_beside_the_tool_is_looked_at(
    tool: Tool, others: tuple[str, ...], also: str
) -> None:
    """A model's code or a closed product's samples say nothing of whether the tool itself lives."""
    proposal = proposal_of(tool, GITHUB, "ants/ant", ARCHIVED, NOW, others)
    assert proposal is not None
    assert (proposal.kind, proposal.change, proposal.sentence) == (ProposalKind.DISPUTE, None, OLD.url)
    assert f"on GitHub.{also} That isn't Ant itself" in (proposal.note or "")


@pytest.mark.parametrize(
    ("status", "flag"),
    [(Status.DEPRECATED, ARCHIVED), (Status.GONE, ARCHIVED), (Status.GONE, GONE)],
)
def test_what_the_catalog_says_already(status: Status, flag: Flag) -> None:
    """Nothing is proposed."""
    assert proposal_of(TOOL.edited({"status": status}), GITHUB, "ants/ant", flag, NOW) is None


def test_the_same_flag_is_known_again() -> None:
    """However it is worded; another target or tool is another one."""
    assert mark("ant", MOVED) == mark("ant", MOVED._replace(text="Otherwise."))
    assert is_held(mark("ant", MOVED), Answer(flags=(GONE, MOVED._replace(text="Otherwise."))))
    assert not is_held(mark("ant", MOVED), Answer(flags=(GONE, MOVED._replace(url="https://x.example"))))
    assert len({mark("ant", MOVED), mark("bee", MOVED), mark("ant", GONE), mark("ant", ARCHIVED)}) == 4
