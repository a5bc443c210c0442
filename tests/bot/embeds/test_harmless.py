from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from simcord.components import validate_embeds

from bot.embeds import draft, journal, proposal, revision, wanted
from catalog.desk import Outlook, Preview, Saved
from catalog.editing.change import Change, Edit
from catalog.editing.difference import Difference, DifferenceKind, differences
from catalog.editing.threeway import Conflict
from catalog.models import Tool
from catalog.proposals import Proposal, ProposalKind, ProposalState, Support
from catalog.reach import Altered, Reach
from catalog.revision import Revision, RevisionKind, Scope
from catalog.text import NAME_LIMIT, clean_line, clean_prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    import discord

#: An example is a message of many parts; the texts in them are many already.
few = settings(max_examples=15, deadline=None)
WHEN = "2026-03-01T12:00:00Z"
#: Discord knows no indented code and no HTML.
MARKDOWN = MarkdownIt("commonmark").disable(["code", "html_block", "html_inline", "entity", "lheading"])
#: What nobody but us may have in an embed.
FORBIDDEN = {"em_open", "s_open", "code_block", "fence", "heading_open", "blockquote_open", "hr", "image"}
NASTY = (
    "@everyone",
    "@here",
    "<@1>",
    "<@&1>",
    "<#1>",
    "[free](https://evil.example)",
    "https://evil.example",
    "```",
    "`",
    "**",
    "__",
    "~~",
    "||",
    "\\",
    "# big",
    "> quote",
    "- item",
    "1. one",
    "\u202egnp.exe",
    "\u2066x",
    "\u200b",
    "\n",
    "\n\n# big",
    " ",
    "word ",
    "通义",
    "e\u0301" * 9,
    "x" * 300,
    "~" * 1500,
)
nasty = st.lists(st.sampled_from(NASTY) | st.text(max_size=20), min_size=1, max_size=4).map("".join)
#: As documents keep it.
lines = nasty.map(lambda text: clean_line(text)[:300].strip() or "x")
proses = nasty.map(lambda text: clean_prose(text)[:1000].strip() or "x")
names = lines.map(lambda text: re.sub(r"[@<]", "", text)[: NAME_LIMIT - 1].strip() + "a")
tools = st.builds(
    lambda name, line, aliases, prose, slug: Tool.model_validate(
        {
            "slug": "t",
            "name": name,
            "vendor": line,
            "summary": line[::-1].strip() or "x",
            "licence": line,
            "aliases": aliases,
            "tags": slug,
            "pricing": {"kind": "free", "note": line},
            "capabilities": [{"title": line, "description": prose, "unique": prose[::-1].strip() or "x"}],
            "signals": [
                {"metric": "stars", "value": 1, "unit": line, "source": line, "observed_on": "2026-01-02"}
            ],
        }
    ),
    names,
    lines,
    st.lists(names, max_size=4, unique_by=str.casefold),
    proses,
    st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), max_size=3),
)
found = st.builds(
    Difference,
    place=st.sampled_from(["summary", "aliases:x", "links:~1", "capabilities:~2", "order:tags", "document"]),
    label=nasty,
    kind=st.sampled_from(DifferenceKind),
    before=st.none() | nasty,
    after=st.none() | nasty,
)
conflicts = st.builds(
    Conflict,
    place=st.just("summary"),
    label=nasty,
    base=st.none() | nasty,
    mine=st.none() | nasty,
    theirs=st.none() | nasty,
)
previews = st.builds(
    lambda before, after, found, clashes, said, altered: Preview(
        outlooks=(
            Outlook(
                slug="t",
                before=before,
                after=after,
                differences=(*differences(before, after), *found),
                joined=tuple(found),
                conflicts=tuple(clashes),
            ),
        )
        * (1 + len(said) % 3),
        cautions=tuple(said),
        reach=Reach(texts=1, count=1, altered=tuple(altered)),
    ),
    st.none() | tools,
    st.none() | tools,
    st.lists(found, max_size=6),
    st.lists(conflicts, max_size=6),
    st.lists(nasty, max_size=4),
    st.lists(st.builds(Altered, text=nasty, count=st.integers(1, 9), before=nasty, after=nasty), max_size=9),
)
revisions = st.builds(
    lambda before, after, kind, actor, reason: Revision(
        number=2,
        scope=Scope(guild_id=5),
        slug="t",
        kind=kind,
        before=before,
        after=after,
        actor=actor,
        reason=reason,
        made_at=WHEN,
        change=1,
    ),
    st.none() | tools,
    st.none() | tools,
    st.sampled_from(RevisionKind),
    lines,
    lines,
)
proposals = st.builds(
    lambda kind, state, line, prose, before, after: Proposal(
        number=1,
        scope=Scope(guild_id=5),
        kind=kind,
        state=state,
        title=line,
        note=prose,
        sentence=prose if kind is ProposalKind.DISPUTE else None,
        added=(prose,) * 3,
        besides=(prose,) * 3,
        change=Change(title=line, edits=(Edit(slug="t", before=before, after=after),)),
        proposer=line,
        made_at=WHEN,
        decided_by=line,
        decided_at=WHEN,
        answer=prose,
        channel_id=6,
        message_id=7,
    ),
    st.sampled_from(ProposalKind),
    st.sampled_from(ProposalState),
    lines,
    proses,
    st.none() | tools,
    st.none() | tools,
)


def _parts(embed: discord.Embed) -> Iterator[str]:
    yield embed.title or ""
    yield embed.description or ""
    yield from chain.from_iterable((field.name or "", field.value or "") for field in embed.fields)


def _check(*embeds: discord.Embed) -> None:
    for embed in embeds:
        validate_embeds([embed.to_dict()])
        for part in (*_parts(embed), embed.footer.text or ""):
            assert not re.search(
                r"@(everyone|here)|(?<!\\)<[@#][!&]?\d|[\u202a-\u202e\u2066-\u2069]", part
            ), part
        for part in _parts(embed):
            tokens = [token for block in MARKDOWN.parse(part) for token in (block, *(block.children or []))]
            assert FORBIDDEN.isdisjoint(token.type for token in tokens), part
            targets = [str(token.attrs["href"]) for token in tokens if "href" in token.attrs]
            bare = re.findall(r"(?<!\]\()\bhttps?://\S+", part)
            assert not [
                url for url in targets + bare if not url.startswith("https://discord.com/channels/5/")
            ], part
            # Our commands stand in code, and nothing else does.
            code = [token.content for token in tokens if token.type == "code_inline"]
            assert all(said.startswith("/") for said in code), part
            assert "||" not in part.replace("\\|", ""), part


@few
@given(previews, nasty, st.booleans(), st.lists(nasty, max_size=3))
def test_previews(preview: Preview, text: str, shared: bool, notes: list[str]) -> None:  # noqa: FBT001 (hypothesis)
    """Whatever stands in documents, differences, conflicts, cautions and questions, a preview is harmless."""
    _check(draft.preview(text, preview, shared=shared, problem=text, notes=notes))


@few
@given(st.lists(revisions, min_size=1, max_size=8), nasty, st.lists(found, max_size=6))
def test_revisions(made: list[Revision], text: str, joined: list[Difference]) -> None:
    """Whatever stands in revisions, their histories, the log and what is said of saving are harmless."""
    saved = Saved(scope=Scope(guild_id=5), revisions=tuple(made), joined=tuple(joined))
    _check(
        revision.history(text, made, 0, 2),
        revision.history(None, made, 1),
        revision.one(made[0]),
        journal.entry(saved, text),
        draft.saved(saved, text),
    )


@few
@given(proposals, previews, nasty)
def test_proposals(one: Proposal, preview: Preview, guild: str) -> None:
    """Whatever stands in a proposal, its card, the queue and the messages about it are harmless."""
    _check(
        proposal.review(one, preview, [Support(1, guild, quiet=False)] * 30),
        proposal.review(one, None),
        proposal.received(one, joined=False),
        proposal.received(one, joined=True),
        proposal.question(one, reached=True),
        proposal.answer(one, guild),
        proposal.stays([guild]),
        proposal.outcome(one, guild),
        proposal.queue([one] * proposal.PAGE, 0, 9),
        proposal.reminder([one] * 30, remind_days=7, guild=guild),
    )


@few
@given(
    st.dictionaries(nasty, nasty, max_size=6), st.lists(st.tuples(nasty, st.integers(1, 10**6)), max_size=40)
)
def test_forms_and_names(reasons: dict[str, str], asked: list[tuple[str, int]]) -> None:
    """Whatever was typed into a form or asked for, what is said of it is harmless."""
    _check(draft.refused(reasons), wanted.card(asked, shared=True))
