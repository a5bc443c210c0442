from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.editing.fields import HELP_LIMIT, INPUTS, LABEL_LIMIT, Section, fields, inputs
from catalog.editing.form import NOT_ASKED, filled, read
from catalog.editing.spelling import TEXT_LIMIT
from catalog.errors import FormError
from catalog.models import Capability, LinkKind, Status, Task, Tool, ToolType
from tests.catalog.test_exporting import NAME, SLUG, TOOL

PRICE = {"usd": 20, "unit": "month", "source": "the price list", "observed_on": "2025-03"}
FULL = Tool.model_validate(
    {
        "name": "Probe",
        "type": "model",
        "vendor": "Acme",
        "summary": "Tries things.",
        "aliases": ["Probe, Inc.", "probe-1"],
        "tasks": ["coding", "chat"],
        "tags": ["open-weights", "vision"],
        "links": [
            {"kind": "repository", "url": "https://a.example/1"},
            {"kind": "docs", "url": "https://a.example/docs"},
            {"kind": "repository", "url": "https://a.example/2,"},
        ],
        "packages": ["pypi:probe", "npm:@acme/probe"],
        "licence": "MIT",
        "pricing": {"kind": "usage", "note": "no taxes", "starting": PRICE},
        "status": "deprecated",
        "successor": "probe-2",
        "released_on": "2024",
        "popularity": 0.5,
        "capabilities": [{"description": "Tries."}, {"title": "Errs", "description": "Errs.", "source": "S"}],
    }
)
#: A document whose lists no input can hold.
LONG = Tool.model_validate(
    {
        "name": "Long",
        "aliases": [f"alias {number:03} {'x' * 80}" for number in range(60)],
        "tags": [f"tag-{number:03}-{'x' * 40}" for number in range(120)],
        "links": [{"kind": "docs", "url": f"https://a.example/{n:03}/{'x' * 300}"} for n in range(20)],
    }
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def places(tool: Tool, section: Section) -> list[int | None]:
    """Give all that can be opened of a section."""
    return [None, *range(len(tool.capabilities))] if section is Section.CAPABILITY else [None]


def bytes_of(tool: Tool) -> str:
    """Give a document as it is stored."""
    return tool.model_dump_json(exclude_defaults=True)


def refused(tool: Tool | None, section: Section, **typed: str) -> dict[str, str]:
    """Give the reasons for which a form is sent back; of capabilities, it is the first's."""
    with pytest.raises(FormError) as caught:
        read(tool, section, typed, 0 if section is Section.CAPABILITY else None)
    return dict(caught.value.reasons)


def test_every_field_is_asked_for_once() -> None:
    """Whatever a person may edit stands in one section; a new field of the documents has to be placed."""
    asked = [one.path for section in Section for one in inputs(section)]
    assert len(asked) == len(set(asked))
    assert {path[0] for path in asked} | NOT_ASKED == set(Tool.model_fields)
    # How a source licenses its words is known where they are imported.
    assert {path[1] for path in asked if path[0] == "capabilities"} | {"licence"} == set(
        Capability.model_fields
    )
    assert {path[1] for path in asked if path[0] == "links"} == set(LinkKind)


@pytest.mark.parametrize("section", Section)
def test_a_section_fits_on_a_form(section: Section) -> None:
    """No section asks for more, or says more, than the smallest form can show."""
    asked = fields(section)
    assert 0 < len(asked) <= INPUTS
    assert len({field.name for field in asked}) == len({field.label for field in asked}) == len(asked)
    for field in asked:
        assert 0 < len(field.label) <= LABEL_LIMIT
        assert 0 < len(field.help) <= HELP_LIMIT
        assert 0 <= field.min_length <= field.max_length <= TEXT_LIMIT
        assert len(field.choices) <= 25
        assert field.choices or not field.several


def test_limits_are_the_documents_own() -> None:
    """How long a text may be, and whether it must be given, is what the document's annotations say."""
    lengths = {field.name: field.max_length for section in Section for field in fields(section)}
    assert (lengths["name"], lengths["summary"], lengths["description"]) == (100, 300, 4000)
    assert (lengths["released_on"], lengths["successor"]) == (10, 64)
    assert [one.name for section in Section for one in fields(section) if one.required] == [
        "name",
        "description",
    ]


@pytest.mark.parametrize("section", Section)
@pytest.mark.parametrize("tool", [FULL, LONG])
def test_looking_changes_nothing(tool: Tool, section: Section) -> None:
    """A form that is sent back as it was opened gives the document, what it can't show included."""
    for place in places(tool, section):
        texts = filled(tool, section, place)
        assert max(map(len, texts.values())) <= TEXT_LIMIT
        assert bytes_of(read(tool, section, texts, place)) == bytes_of(tool)


@QUICK
@given(tool=TOOL, section=st.sampled_from(Section))
def test_any_document_comes_back(tool: Tool, section: Section) -> None:
    """Whatever a document holds, looking at it in a form changes nothing."""
    for place in places(tool, section):
        texts = {name: text.replace("\n", "\r\n") for name, text in filled(tool, section, place).items()}
        back = read(tool, section, texts, place)
        assert (back, bytes_of(back)) == (tool, bytes_of(tool))


@QUICK
@given(old=TOOL, wanted=TOOL)
def test_any_document_can_be_typed(old: Tool, wanted: Tool) -> None:
    """What is filled in for one document makes it of another, section by section."""
    tool = old
    for section in (Section.BASICS, Section.NAMES, Section.LINKS, Section.PRICING, Section.STATUS):
        tool = read(tool, section, filled(wanted, section))
    assert (tool.slug, tool.signals, tool.capabilities) == (old.slug, old.signals, old.capabilities)
    for name in (
        "name",
        "type",
        "vendor",
        "summary",
        "licence",
        "pricing",
        "status",
        "successor",
        "released_on",
    ):
        assert getattr(tool, name) == getattr(wanted, name)
    # What already stood there twice may stay so.
    assert list(dict.fromkeys(tool.aliases)) == list(dict.fromkeys(wanted.aliases))
    assert list(dict.fromkeys(tool.tags)) == list(dict.fromkeys(wanted.tags))
    assert set(tool.tasks) == set(wanted.tasks)
    assert sorted(link.url for link in tool.links) == sorted(link.url for link in wanted.links)


@QUICK
@given(tool=TOOL, capability=st.builds(Capability, description=st.sampled_from(["Draws.", "Sings."])))
def test_any_capability_can_be_typed(tool: Tool, capability: Capability) -> None:
    """A capability is put behind the others, or in the place of one."""
    texts = filled(Tool(name="x", capabilities=(capability,)), Section.CAPABILITY, 0)
    assert read(tool, Section.CAPABILITY, texts).capabilities == (*tool.capabilities, capability)
    if tool.capabilities:
        assert read(tool, Section.CAPABILITY, texts, 0).capabilities == (capability, *tool.capabilities[1:])


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "@everyone",
            "\ud800",
            "\u200b\u202e",
            "https://\ud800",
            "http://[",
            "1e999 per month",
            "9" * 3999,
            "$ / $",
            "-5 per month",
            ", ,\n,",
            "a," * 1999,
            "x\n" * 2000,
            "\u0301" * 4000,
            "https://a.example " * 200,
            "2025-99-99",
            "[x](https://evil.example)",
            "y" * 4001,
        ]
    ),
)


@QUICK
@given(data=st.data(), tool=st.sampled_from([None, FULL, LONG]), section=st.sampled_from(Section))
def test_any_text_is_taken_or_refused_in_words(
    data: st.DataObject, tool: Tool | None, section: Section
) -> None:
    """Whatever is typed makes a sound document or a plain refusal, and nothing else, quickly."""
    typed = {field.name: data.draw(HOSTILE) for field in fields(section) if data.draw(st.booleans())}
    place = data.draw(st.sampled_from([None, 0, 1, 99, -1]))
    before = time.perf_counter()
    try:
        new = read(tool, section, typed, place)
    except FormError as error:
        for label, reason in error.reasons.items():
            assert len(f"{label}: {reason}") < 700
            assert reason.endswith(".")
            assert not any(
                word in reason.lower() for word in ("pydantic", "value error", "input should", "string")
            )
            assert reason == " ".join(reason.encode().decode().split())
    else:
        assert Tool.model_validate_json(new.model_dump_json()) == new
    assert time.perf_counter() - before < 2


@pytest.mark.parametrize("section", Section)
def test_a_megabyte_is_refused_at_once(section: Section) -> None:
    """What no form could have sent is counted and not read; nor is it said again."""
    before = time.perf_counter()
    reasons = refused(FULL, section, **{one.name: "\u0301 x" * 400_000 for one in fields(section)})
    assert list(reasons) == [one.label for one in fields(section)]
    assert all("this has 1,200,000." in reason for reason in reasons.values())
    assert time.perf_counter() - before < 1


def test_a_new_tool() -> None:
    """A name makes a tool; what isn't typed is unknown."""
    assert set(filled(None, Section.BASICS).values()) == {""}
    typed = filled(None, Section.BASICS) | {"name": " GPT-4o  mini ", "type": "mcp server"}
    new = read(None, Section.BASICS, typed)
    assert new == Tool(name="GPT-4o mini", type=ToolType.MCP_SERVER)
    assert refused(None, Section.BASICS, **typed | {"name": " \u200b"}) == {"Name": "missing; fill it in."}
    assert "Name" in refused(None, Section.LINKS, docs="https://a.example")


def test_emptied_fields() -> None:
    """An emptied field is unknown again, or what it is when nothing is said."""
    plain = read(FULL, Section.BASICS, {"type": "", "vendor": " ", "summary": "", "licence": "\u200b"})
    assert (plain.type, plain.vendor, plain.summary, plain.licence) == (ToolType.OTHER, None, None, None)
    active = read(FULL, Section.STATUS, {"status": "", "successor": "", "released_on": ""})
    assert (active.status, active.successor, active.released_on) == (Status.ACTIVE, None, None)
    assert read(FULL, Section.PRICING, {field.name: "" for field in fields(Section.PRICING)}).pricing is None
    assert refused(FULL, Section.CAPABILITY, description="") == {"Description": "missing; fill it in."}
    assert refused(FULL, Section.BASICS, name="") == {"Name": "missing; fill it in."}


def test_what_is_typed_keeps_the_slug() -> None:
    """A renamed tool is the same tool, and whether its slug was given stays as it was."""
    renamed = read(FULL, Section.BASICS, {"name": "Probe Pro"})
    assert (renamed.name, renamed.slug) == ("Probe Pro", "probe")
    assert renamed.model_fields_set == FULL.model_fields_set


def test_lists() -> None:
    """Names stand one a line, tags also beside each other; picked tasks keep their order."""
    typed = {
        "aliases": "Probe, Inc.\r\n\r\n  P1 \nP1",
        "tags": "Open Weights, vision\nv2.1",
        "tasks": "Chat\nData",
    }
    new = read(FULL, Section.NAMES, typed)
    assert new.aliases == ("Probe, Inc.", "P1")
    assert new.tags == ("open-weights", "vision", "v2-1")
    assert new.tasks == (Task.CHAT, Task.DATA)
    assert read(FULL, Section.NAMES, {"tasks": "Chat\nCoding"}).tasks == FULL.tasks
    assert read(FULL, Section.NAMES, {"aliases": "", "tags": "", "tasks": ""}).tasks == ()


def test_what_there_is_no_room_for_stays() -> None:
    """Of a list that is too long for an input, what isn't shown comes after what was typed."""
    shown = filled(LONG, Section.NAMES)["aliases"].split("\n")
    assert 0 < len(shown) < len(LONG.aliases)
    rest = LONG.aliases[len(shown) :]
    assert read(LONG, Section.NAMES, {"aliases": "New\nOther"}).aliases == ("New", "Other", *rest)
    assert read(LONG, Section.NAMES, {"aliases": ""}).aliases == rest
    seen = filled(LONG, Section.LINKS)["docs"].split()
    urls = [link.url for link in read(LONG, Section.LINKS, {"docs": "https://b.example"}).links]
    assert urls == ["https://b.example", *(link.url for link in LONG.links[len(seen) :])]


def test_links() -> None:
    """Addresses take the places of those of their kind; a kind may have several, and commas may part them."""
    assert filled(FULL, Section.LINKS)["repository"] == "https://a.example/1 https://a.example/2,"
    typed = {"repository": "https://a.example/3, https://a.example/2,", "paper": "https://a.example/p"}
    new = read(FULL, Section.LINKS, typed)
    assert [(link.kind, link.url) for link in new.links] == [
        ("repository", "https://a.example/3"),
        ("docs", "https://a.example/docs"),
        ("repository", "https://a.example/2,"),
        ("paper", "https://a.example/p"),
    ]
    assert [link.kind for link in read(FULL, Section.LINKS, {"repository": ""}).links] == ["docs"]
    reasons = refused(FULL, Section.LINKS, docs="here", paper="https://a.example/(1)")
    assert list(reasons) == ["Docs", "Paper"]
    assert reasons["Docs"] == '"here": no web address; it should start with https:// or http://.'


@pytest.mark.parametrize(
    ("typed", "usd", "unit"),
    [
        ("25 per month", 25, "month"),
        ("$0.15/Million input tokens", 0.15, "million input tokens"),
        ("US$ .5 an hour", 0.5, "hour"),
        ("3 USD per image", 3, "image"),
        ("1e-05 second", 0.00001, "second"),
    ],
)
def test_prices(typed: str, usd: float, unit: str) -> None:
    """An amount is read as people write it."""
    pricing = read(FULL, Section.PRICING, {"price": typed}).pricing
    assert pricing
    assert pricing.starting
    assert (pricing.starting.usd, pricing.starting.unit) == (usd, unit)
    assert (pricing.starting.source, pricing.note) == ("the price list", "no taxes")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("cheap", "write an amount and what it buys, such as 20 per month"),
        ("20", "write an amount and what it buys"),
        ("1,500 per month", "write the amount in digits with a point and no commas"),
        ("20 per moth", 'did you mean "month"?'),
        ("2000000000 per month", "should be at most 1,000,000,000."),
        ("1e999 per month", "should be an ordinary number."),
    ],
)
def test_prices_that_wont_do(typed: str, reason: str) -> None:
    """What can't be an amount is refused with how to write one."""
    assert reason in refused(FULL, Section.PRICING, price=typed)["Starting price"]


def test_a_price_is_whole() -> None:
    """A price needs a source, a day and a way to pay; what is missing is named."""
    assert refused(Tool(name="x"), Section.PRICING, price="20 per month") == {
        "How one pays": "missing; fill it in, or empty the rest.",
        "Source of the price": "missing; fill it in, or empty the rest.",
        "Price seen on": "missing; fill it in, or empty the rest.",
    }
    assert list(refused(FULL, Section.PRICING, price="")) == ["Starting price"]
    assert list(refused(FULL, Section.PRICING, kind="")) == ["How one pays"]
    free: Any = read(Tool(name="x"), Section.PRICING, {"kind": "Free", "price": ""}).pricing
    assert (free.kind, free.starting) == ("free", None)


def test_reasons() -> None:
    """Each wrong field has one sentence, in the order of the form, and the whole is one text."""
    with pytest.raises(FormError) as caught:
        read(
            FULL, Section.BASICS, {"summary": "x" * 412, "name": "@everyone", "type": "modl", "vendor": "ok"}
        )
    assert list(caught.value.reasons) == ["Name", "Type", "Summary"]
    assert "Summary: at most 300 characters; this has 412." in str(caught.value).split("\n")
    assert 'did you mean "model"?' in caught.value.reasons["Type"]
    many = "\n".join(f"a{number}" for number in range(300))
    assert refused(FULL, Section.NAMES, aliases=many)["Aliases"] == "at most 254 of them; these are 300."
    assert refused(FULL, Section.NAMES, aliases="ok\n" + "y" * 101)["Aliases"].startswith('"yyy')
    assert refused(FULL, Section.NAMES, tags="通义")["Tags"].startswith('"通义" won\'t do; use lower-case')
    assert refused(FULL, Section.STATUS, successor="Probe") == {
        "Successor": "a tool can't be its own successor."
    }
    assert "write a date as 2025" in refused(FULL, Section.STATUS, released_on="soon")["Released on"]


@pytest.mark.parametrize("place", [2, -1, 10**9])
def test_a_capability_that_is_gone(place: int) -> None:
    """A capability that somebody else took away can neither be opened nor written."""
    with pytest.raises(FormError, match="no longer there"):
        filled(FULL, Section.CAPABILITY, place)
    with pytest.raises(FormError, match="no longer there"):
        read(FULL, Section.CAPABILITY, {"title": "x"}, place)


@given(SLUG, NAME)
def test_a_successor_is_named_or_filed(slug: str, name: str) -> None:
    """A slug stays as it is typed; a name of plain letters gives the slug that it gives a tool."""
    assert read(Tool(name="zz-old"), Section.STATUS, {"successor": slug}).successor == slug
    if name.isascii() and name.replace(" ", "").replace("-", "").isalnum():
        assert (
            read(Tool(name="zz-old"), Section.STATUS, {"successor": name}).successor == Tool(name=name).slug
        )
