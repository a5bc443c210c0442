from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from catalog.editing.change import Change, Edit
from catalog.models import Tool
from catalog.proposals import NOTE_LIMIT, OPEN_STATES, Proposal, ProposalKind, ProposalState
from catalog.revision import Scope

OLD, NEW = Tool(name="vLLM", vendor="They"), Tool(name="vLLM", vendor="We")


def proposal(**fields: Any) -> Proposal:  # noqa: ANN401 (any field of a proposal)
    """Make a proposal with some fields."""
    made = {"kind": "change", "title": "Edit vLLM", "proposer": "mia", "made_at": "2026-11-21T10:00:00Z"}
    return Proposal.model_validate({**made, **fields})


def change(before: Tool | None, after: Tool | None, title: str = "Edit vLLM") -> Change:
    """Make a change of one document."""
    known = after or before
    assert known is not None
    return Change(title=title, edits=(Edit(slug=known.slug, before=before, after=after),))


def test_only_two_states_are_open() -> None:
    """A proposal can be decided while it is new, and while moderators wait for an answer."""
    assert {state for state in ProposalState if state.is_open} == {"open", "asked"} == OPEN_STATES


@pytest.mark.parametrize(
    "fields",
    [
        {"note": "x" * (NOTE_LIMIT + 1)},
        {"answer": "x" * (NOTE_LIMIT + 1)},
        {"note": "\u200b"},
        {"title": ""},
        {"proposer": ""},
        {"slug": "Not A Slug"},
        {"kind": "wish"},
        {"state": "lost"},
        {"made_at": "yesterday"},
        {"reminded_at": "2026-11-21"},
        {"proposer_id": 0},
        {"colour": "red"},
    ],
    ids=lambda fields: str(*fields),
)
def test_what_is_refused(fields: dict[str, Any]) -> None:
    """A proposal that can't be shown or found again is refused."""
    with pytest.raises(ValidationError):
        proposal(**fields)


def test_what_is_written_is_clean() -> None:
    """What people write keeps its paragraphs and loses what can't be seen."""
    written = proposal(note="one\u202e\n\n\n\ntwo", title="a\nb", sentence="c\u200bd")
    assert (written.note, written.title, written.sentence) == ("one\n\ntwo", "a b", "cd")


def test_json_round_trip() -> None:
    """A full proposal comes back from its JSON as it was."""
    whole = proposal(
        number=3, scope={"guild_id": 7}, slug="vllm", change=change(OLD, NEW), state="approved", revision=9
    )
    assert Proposal.model_validate_json(whole.model_dump_json(exclude_defaults=True)) == whole


def test_a_new_tool_is_its_name() -> None:
    """However its name is spelt, and whatever slug that gives, the same missing tool is proposed."""
    tools = [Tool(name=name) for name in ("Ant 4o", "ant-4-o")]
    wishes = [proposal(kind="tool", slug=tool.slug, change=change(None, tool)) for tool in tools]
    assert tools[0].slug != tools[1].slug
    assert wishes[0].fingerprint == wishes[1].fingerprint


def test_who_and_how_do_not_matter() -> None:
    """Two who want the same have the same fingerprint, whatever they say and whatever became of it."""
    first = proposal(slug="vllm", change=change(OLD, NEW))
    second = proposal(
        number=7,
        slug="vllm",
        title="Another title",
        note="Please!",
        proposer="leo",
        proposer_id=5,
        state="asked",
        change=change(OLD, NEW, "Another title"),
        quiet=True,
        made_at="2026-12-01T00:00:00Z",
    )
    assert first.fingerprint == second.fingerprint


def test_what_else_changed_does_not_matter() -> None:
    """The same wish for a tool that somebody else edited in the meantime is the same wish."""
    licensed = {"licence": "MIT"}
    later = change(OLD.model_copy(update=licensed), NEW.model_copy(update=licensed))
    assert proposal(change=change(OLD, NEW)).fingerprint == proposal(change=later).fingerprint


def test_a_new_tool_goes_by_its_name() -> None:
    """Two who miss the same tool want the same, however they write its name and whatever they know of it."""
    fingerprints = {
        proposal(kind="tool", change=change(None, tool)).fingerprint
        for tool in (
            Tool(name="DeepSeek V3"),
            Tool(name="deepseek-v3", vendor="DeepSeek"),
            Tool(name="Deepseek 3", slug="their-own"),
        )
    }
    assert len(fingerprints) == 1
    named = {proposal(kind="tool", title=title).fingerprint for title in ("GPT-4o mini", "gpt4o mini")}
    assert len(named) == 1


def test_what_tells_wishes_apart() -> None:
    """Another scope, kind, tool, sentence or document is another wish."""
    wishes = [
        proposal(slug="vllm", change=change(OLD, NEW)),
        proposal(slug="vllm", change=change(OLD, NEW), scope=Scope(guild_id=7)),
        proposal(slug="vllm", change=change(OLD, NEW), kind="upstream"),
        proposal(slug="vllm", change=change(OLD, OLD.model_copy(update={"vendor": "Others"}))),
        proposal(slug="vllm", change=change(OLD, NEW.model_copy(update={"licence": "MIT"}))),
        proposal(slug="vllm", change=change(OLD, OLD.model_copy(update={"vendor": None}))),
        proposal(slug="vllm", change=change(OLD, None)),
        proposal(kind="tool", change=change(None, NEW)),
        proposal(kind="tool", change=change(None, Tool(name="SGLang"))),
        proposal(kind="dispute", slug="vllm", sentence="It is fast."),
        proposal(kind="dispute", slug="vllm", sentence="It is slow."),
        proposal(kind="dispute", slug="sglang", sentence="It is fast."),
        proposal(kind="dispute", slug="vllm", note="The vendor is wrong."),
        proposal(kind="dispute", slug="vllm", note="The licence is wrong."),
    ]
    assert len({wish.fingerprint for wish in wishes}) == len(wishes)


def test_a_sentence_is_read_as_words() -> None:
    """Case and spacing of what is disputed, or of a note that is all there is, tell nothing apart."""
    one, two = (
        proposal(kind="dispute", slug="vllm", sentence=text) for text in ("It is  FAST.", "it is fast.")
    )
    assert one.fingerprint == two.fingerprint
    one, two = (proposal(kind="dispute", slug="vllm", note=text) for text in ("So WRONG.", "so wrong."))
    assert one.fingerprint == two.fingerprint


def test_a_fingerprint_outlives_the_process() -> None:
    """It depends on what is wanted alone, so that one that was filed long ago is still found."""
    assert proposal(slug="vllm", change=change(OLD, NEW)).fingerprint == "469fc7eeb5007db3ed403b85"


@given(st.text(max_size=60), st.sampled_from(ProposalKind))
def test_any_name_has_a_fingerprint(text: str, kind: ProposalKind) -> None:
    """Whatever people write, its fingerprint is short, plain, and the same after a round trip."""
    try:
        wish = proposal(kind=kind, title=text, note=text)
    except ValidationError:
        return
    again = Proposal.model_validate_json(wish.model_dump_json())
    assert again.fingerprint == wish.fingerprint
    assert len(wish.fingerprint) == 24
    assert wish.fingerprint.isalnum()
