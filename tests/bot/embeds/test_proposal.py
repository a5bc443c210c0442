from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from simcord.components import validate_embeds

from bot.embeds import proposal as shown
from catalog.desk import Outlook, Preview
from catalog.editing.change import Change, Edit
from catalog.editing.difference import differences
from catalog.models import Tool
from catalog.proposals import Proposal, ProposalKind, ProposalState, Support
from catalog.revision import SHARED, Scope

if TYPE_CHECKING:
    import discord

BEFORE = Tool(name="vLLM", licence="MIT")
AFTER = Tool(name="vLLM", licence="Apache-2.0")
WISH = Change(title="Edit vLLM: licence", edits=(Edit(slug="vllm", before=BEFORE, after=AFTER),))
LEO = Support(5, "I saw it *too*.", quiet=False)
WHEN = "2026-03-01T12:00:00Z"


def _proposal(**more: Any) -> Proposal:  # noqa: ANN401 (fields of any kind)
    return Proposal.model_validate(
        {
            "number": 12,
            "scope": Scope(guild_id=5),
            "kind": ProposalKind.CHANGE,
            "title": "Edit vLLM: licence",
            "slug": "vllm",
            "note": "See the repository.",
            "change": WISH,
            "proposer": "mia",
            "made_at": WHEN,
            **more,
        }
    )


def _dispute(**more: Any) -> Proposal:  # noqa: ANN401 (fields of any kind)
    return _proposal(
        kind=ProposalKind.DISPUTE, title="Disputed: any GPU", change=None, sentence="Runs on any GPU.", **more
    )


def _preview(before: Tool | None = BEFORE, after: Tool | None = AFTER) -> Preview:
    outlook = Outlook(slug="vllm", before=before, after=after, differences=differences(before, after))
    return Preview(outlooks=(outlook,), cautions=("Other is called so too.",))


def _fields(embed: discord.Embed) -> dict[str | None, str | None]:
    return {field.name: field.value for field in embed.fields}


def test_what_moderators_decide_on() -> None:
    """An open proposal shows its state, what it is, by whom and when, whose it would be, and what would change."""
    embed = shown.review(_proposal(), _preview(), (LEO, Support(6, None, quiet=True)))
    assert embed.title == "Proposal 12: Edit vLLM: licence"
    assert (embed.description or "").split("\n") == [
        "**Open**",
        "A change of a tool, by mia, <t:1772366400:f>. 2 others proposed the same.",
        "**For this server alone:** other servers see no change.",
        "",
        "**Licence**",
        "was: MIT",
        "now: Apache-2.0",
    ]
    assert _fields(embed) == {
        "What mia says": "See the repository.",
        "What others say": "- I saw it \\*too\\*.",
        "Worth knowing": "Careful: Other is called so too.",
    }


def test_a_dispute_side_by_side() -> None:
    """The disputed sentence stands beside what is said against it; without another wording it can't be approved."""
    embed = shown.review(_dispute(), None, (LEO,))
    said, against, others, approve = embed.fields
    assert (said.inline, against.inline) == (True, True)
    assert (said.name, said.value) == ("What it says now", "“Runs on any GPU.”")
    assert (against.name, against.value) == ("What is said against it", "“See the repository.”")
    assert others.value == "- I saw it \\*too\\*."
    assert "**Edit & approve**" in (approve.value or "")
    assert "1 other proposed the same." in (embed.description or "")


def test_a_dispute_with_a_wording_can_be_approved() -> None:
    """A disputed sentence with another wording shows the wording and no hint."""
    embed = shown.review(_dispute(note=None).model_copy(update={"change": WISH}), _preview())
    assert [field.name for field in embed.fields] == [
        "What it says now",
        "What is said against it",
        "Worth knowing",
    ]
    assert embed.fields[1].value == "“Nothing was added.”"
    assert "now: Apache-2.0" in (embed.description or "")


def test_a_name_alone_has_to_be_filled_in() -> None:
    """A proposed tool of which only the name is said can't be approved as it is either."""
    (_, approve) = shown.review(_proposal(kind=ProposalKind.TOOL, change=None, title="vLLM"), None).fields
    assert approve.name == "Nothing to approve yet"
    assert "fill in the rest" in (approve.value or "")


def test_what_was_asked_stays_a_question() -> None:
    """When the proposer has answered, what they were asked isn't taken for a note of a decision."""
    assert "\nAsked: Which?\n" in (shown.review(_proposal(answer="Which?"), None).description or "")


def test_nothing_left_to_change() -> None:
    """A proposal that came true meanwhile says that nothing would change."""
    text = shown.review(_proposal(), _preview(AFTER, AFTER)).description or ""
    assert "Nothing would change: it is so already." in text


def test_decided_proposals_show_what_was_wanted() -> None:
    """A decided proposal says how it was decided and the note, and keeps what it wanted."""
    decided = _proposal(
        state=ProposalState.APPROVED, decided_by="theo", decided_at=WHEN, answer="Thank you.", revision=41
    )
    embed = shown.review(decided, None)
    lines = (embed.description or "").split("\n")
    assert lines[0] == "**Approved by theo, <t:1772366400:f>, saved as change 41**"
    assert lines[2] == "Note: Thank you."
    assert "was: MIT" in lines
    assert "For this server" not in (embed.description or "")


@pytest.mark.parametrize("state", list(ProposalState))
def test_every_state_has_words(state: ProposalState) -> None:
    """Each state is told in words, on the card and to the proposer, with who decided and without."""
    for by in ("theo", None):
        one = _proposal(state=state, decided_by=by, decided_at=WHEN if by else None)
        assert state.value[:4] in shown.state(one).casefold() + ("asked" if state.is_open else "")
        validate_embeds([shown.review(one, None).to_dict(), shown.outcome(one, "AI corner").to_dict()])


def test_received() -> None:
    """Who proposes is told who decides, and whether a message will come."""
    embed = shown.received(_proposal(), joined=False)
    assert embed.title == "Proposal 12 is received"
    assert "This server's moderators will look at it" in (embed.description or "")
    assert "direct message" in (embed.description or "")
    quiet = shown.received(_proposal(quiet=True, scope=SHARED), joined=False).description or ""
    assert "The curators of the shared catalog" in quiet
    assert "You wanted no message" in quiet
    joined = shown.received(_proposal(), joined=True)
    assert joined.title == "Proposal 12 has your support"
    assert "Somebody proposed the same before" in (joined.description or "")
    assert "You proposed the same before" in (
        shown.received(_proposal(), joined=True, own=True).description or ""
    )


def test_the_proposer_hears_of_it() -> None:
    """The message to a proposer says what became of it, where, with the note, and how to get no more of them."""
    embed = shown.outcome(_proposal(state=ProposalState.REJECTED, answer="It is MIT."), "AI corner")
    assert embed.title == "Proposal 12: rejected"
    assert (embed.description or "").startswith(
        "Your proposal for the server AI corner: **Edit vLLM: licence**"
    )
    assert _fields(embed) == {"They say": "It is MIT."}
    assert "quiet" in (embed.footer.text or "")
    asked = shown.outcome(_proposal(state=ProposalState.ASKED, answer="Which version?"), None)
    assert "the shared catalog" in (asked.description or "")
    assert _fields(asked) == {"They ask": "Which version?"}
    silent = shown.outcome(_proposal(state=ProposalState.REJECTED), "AI corner").description or ""
    assert silent.endswith("No reason was given.")


def test_the_queue() -> None:
    """Each waiting proposal has its number, what, by whom and since when; its card is linked where it is known."""
    there = _proposal(channel_id=6, message_id=9, state=ProposalState.ASKED)
    embed = shown.queue([there, _dispute()], 1, 3, total=22)
    assert embed.title == "22 proposals to decide"
    assert embed.footer.text == "Page 2 of 3"
    assert (embed.description or "").split("\n") == [
        "**[Proposal 12](https://discord.com/channels/5/6/9)** Edit vLLM: licence",
        "A change of a tool, by mia, <t:1772366400:R> · waits for the proposer's answer",
        "**Proposal 12** Disputed: any GPU",
        "Something said is disputed, by mia, <t:1772366400:R>",
    ]


def test_an_empty_queue() -> None:
    """Where nothing waits, that is said."""
    assert shown.queue([], 0, 0).description == "Nothing waits for a decision."


def test_a_full_page_of_the_queue_is_shown_whole() -> None:
    """However long titles and names are, a page of the queue has room for all of its proposals."""
    long = _proposal(
        title="*_" * 150,
        proposer="@*" * 150,
        channel_id=10**18,
        message_id=10**18,
        state=ProposalState.ASKED,
        kind=ProposalKind.UPSTREAM,
        scope=Scope(guild_id=10**18),
        number=10**9,
    )
    text = shown.queue([long] * shown.PAGE, 0, 1).description or ""
    assert text.count("[Proposal 1000000000]") == shown.PAGE


def test_a_reminder() -> None:
    """A reminder counts what waits, lists it, and says when it expires."""
    embed = shown.reminder([_proposal()], remind_days=7)
    assert embed.title == "1 proposal still waits"
    assert (embed.description or "").startswith(
        "A proposal expires 14 days after it was made.\n**Proposal 12**"
    )
    assert "expires" not in (shown.reminder([_proposal()], remind_days=None).description or "")
    many = shown.reminder([_proposal()] * 500, remind_days=7)
    assert many.title == "500 proposals still wait"
    assert (many.description or "").endswith(" more")
