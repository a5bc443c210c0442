from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot
from catalog.errors import ImportFileError
from catalog.filing import Register
from catalog.importers import Authority, Reading, read_file, read_text
from catalog.merging import merge
from catalog.models import PricingKind, Tool, ToolType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from catalog.importers import Incoming

DEMO = Path(bot.__file__).parent / "demo" / "pages"
SEEDS = Path(__file__).parents[3].parent / "shared" / "seeds"
SMALL = (DEMO / "mistral-small-vs-stable-diffusion.txt").read_text(encoding="utf-8")
LINES = SMALL.splitlines()
REAL = pytest.param(SEEDS, marks=pytest.mark.skipif(not SEEDS.is_dir(), reason="the real pages are not here"))


def read_page(text: str) -> Reading:
    """Read a text as a page."""
    return read_text(text, where="page.txt")


def tools_of(reading: Reading) -> dict[str, Tool]:
    """Give a reading's tools by slug."""
    return {incoming.tool.slug: incoming.tool for incoming in reading.tools}


def shown(reading: Reading) -> dict[str, int]:
    """Count the capabilities by slug."""
    return {slug: len(tool.capabilities) for slug, tool in tools_of(reading).items()}


def hidden(tool: Tool) -> int:
    """Count what is hidden."""
    return sum(entry.count for entry in tool.hidden_capabilities)


def without(start: str, *, nth: int = 0) -> str:
    """Give the page without its nth line that starts so."""
    numbers = [number for number, line in enumerate(LINES) if line.startswith(start)]
    return "\n".join(line for number, line in enumerate(LINES) if number != numbers[nth])


async def filed(known: Iterable[Tool], document: Incoming) -> str:
    """Give the slug that a document is filed under."""
    (filing,) = await (await Register.of(known)).file([document])
    return filing.slug


def merged(folder: Path) -> dict[str, Tool]:
    """Import every page of a folder, in order."""
    known: dict[str, Tool] = {}
    for path in sorted(folder.glob("*.txt")):
        reading = read_file(path)
        assert reading.format == "comparison page"
        assert (reading.rejected, reading.warnings) == ((), ())
        for incoming in reading.tools:
            slug = asyncio.run(filed(known.values(), incoming))
            known[slug] = merge(known.get(slug), incoming)
    return known


@pytest.mark.parametrize("folder", [DEMO, REAL])
def test_two_pages_give_three_tools_with_all_triples(folder: Path) -> None:
    """Both pages together: 8 of 12, 8 of 12 and 8 of 13, each triple complete, none twice."""
    tools = merged(folder)
    assert {slug: (len(t.capabilities), hidden(t)) for slug, t in tools.items()} == {
        "mistral-small": (8, 4),
        "mixtral-8x7b": (8, 4),
        "stable-diffusion": (8, 5),
    }
    for tool in tools.values():
        assert all(capability.unique and capability.versus for capability in tool.capabilities)
        assert len({capability.description for capability in tool.capabilities}) == 8
        assert {c.source for c in tool.capabilities} == {h.source for h in tool.hidden_capabilities}


@pytest.mark.parametrize("folder", [DEMO, REAL])
def test_the_repository_keeps_two_reported_scores(folder: Path) -> None:
    """51 on one page and 55 on the other stay beside each other, each with its source and year."""
    reported = merged(folder)["stable-diffusion"].reported
    assert [(score.source, score.rank, score.observed_on) for score in reported] == [
        ("Unfragile: Mistral Small vs Stable-Diffusion", 51, "2026"),
        ("Unfragile: Mixtral 8x7B vs Stable-Diffusion", 55, "2026"),
    ]


@pytest.mark.parametrize("folder", [DEMO, REAL])
def test_every_row_is_read(folder: Path) -> None:
    """Type, rank, components, pricing and matches stand where they belong, the broken row among them."""
    tools = merged(folder)
    small, repository = tools["mistral-small"], tools["stable-diffusion"]
    assert (small.type, repository.type) == (ToolType.MODEL, ToolType.REPOSITORY)
    assert [tool.pricing.kind for tool in tools.values() if tool.pricing] == [PricingKind.FREE] * 3
    assert (small.reported[0].rank, tools["mixtral-8x7b"].reported[0].rank) == (47, 44)
    assert small.reported[0].components == {"adoption": 1, "quality": 0, "ecosystem": 0, "match_graph": 0}
    assert repository.reported[0].components == {
        "adoption": 1,
        "quality": 1,
        "ecosystem": 1,
        "match_graph": 0,
    }
    assert small.reported[0].rounded
    assert small.reported[0].times_matched == 0


@pytest.mark.parametrize("folder", [DEMO, REAL])
def test_furniture_is_no_capability(folder: Path) -> None:
    """Verdict, call to action, tagline and footer are in no capability, though they stand amid the triples."""
    for tool in merged(folder).values():
        for capability in tool.capabilities:
            text = f"{capability.description} {capability.unique} {capability.versus}"
            for mark in ("/100", "©", "match graph", "Need something", "Side-by-side", "more capabilit"):
                assert mark not in text


@pytest.mark.parametrize("folder", [DEMO, REAL])
def test_marks_in_the_text_stay_as_written(folder: Path) -> None:
    """Brackets and weights in prompts come through unchanged."""
    text = " ".join(c.description for c in merged(folder)["stable-diffusion"].capabilities)
    assert "'[V] person" in text
    assert ":1." in text


def test_the_demo_text_is_credited_to_itself() -> None:
    """On the demo pages figures keep their publisher, while the sentences are nobody else's."""
    tool = tools_of(read_page(SMALL))["mistral-small"]
    assert {capability.source for capability in tool.capabilities} == {"Matchbook demo text"}
    assert tool.reported[0].source.startswith("Unfragile: ")


def test_a_page_fills_only_what_is_empty() -> None:
    """A page is somebody else's word, and says where it stands."""
    incoming = read_page(SMALL).tools[0]
    assert (incoming.authority, incoming.where) == (Authority.FOREIGN, "page.txt:3")


@pytest.mark.parametrize(
    "label", ["Type", "UnfragileRank", "Adoption", "Pricing", "Capabilities", "Match Graph"]
)
def test_any_row_may_be_broken_over_lines(label: str) -> None:
    """A row that is broken as Ecosystem is reads like the whole one."""
    number = next(i for i, line in enumerate(LINES) if line.startswith(f"| {label} |"))
    cells = [f"| {cell.strip()} |" for cell in LINES[number].strip("|").split("|")]
    broken = read_page("\n".join([*LINES[:number], cells[0], "", *cells[1:], *LINES[number + 1 :]]))
    assert tools_of(broken) == tools_of(read_page(SMALL))
    assert broken.warnings == ()


def test_rows_may_stand_in_another_order() -> None:
    """The table is read by its labels, not by position."""
    rows = LINES[4:8] + LINES[11:15]
    turned = [*LINES[:4], *LINES[8:11], *reversed(rows), *LINES[15:]]
    assert tools_of(read_page("\n".join(turned))) == tools_of(read_page(SMALL))


def test_columns_may_be_swapped() -> None:
    """Values follow the table's head, capability lists the title."""
    swapped = LINES.copy()
    for number in (*range(2, 8), *range(11, 15)):
        label, first, second = [cell.strip() for cell in LINES[number].strip("|").split("|")]
        swapped[number] = f"| {label} | {second} | {first} |"
    swapped[9], swapped[10] = LINES[10], LINES[9]
    assert tools_of(read_page("\n".join(swapped))) == tools_of(read_page(SMALL))


def test_swapped_lists_are_put_right_by_their_counts() -> None:
    """Where no list has its count, and each has the other's, they change places, and that is said."""
    border = next(i for i, line in enumerate(LINES) if line.startswith("+4"))
    reading = read_page("\n".join([*LINES[:15], *LINES[border + 1 :], *LINES[15 : border + 1]]))
    assert tools_of(reading) == tools_of(read_page(SMALL))
    assert any("another order" in warning.reason for warning in reading.warnings)


@pytest.mark.parametrize(
    ("label", "lost"),
    [("Quality", "Quality"), ("UnfragileRank", "Rank"), ("Type", "Type"), ("Times Matched", "Times Matched")],
)
def test_a_missing_row_is_said_and_the_rest_is_read(label: str, lost: str) -> None:
    """A page without one row gives everything else and a warning at the table's line."""
    reading = read_page(without(f"| {label} |"))
    assert [(w.where, w.reason) for w in reading.warnings] == [("page.txt:3", f'the row "{lost}" is missing')]
    assert shown(reading) == {"mistral-small": 8, "stable-diffusion": 8}


def test_a_row_with_too_few_values_is_left_out() -> None:
    """It can't be told whose the one value is."""
    text = SMALL.replace("| Quality | 0 | 1 |", "| Quality | 1 |")
    reading = read_page(text)
    assert "quality" not in tools_of(reading)["stable-diffusion"].reported[0].components
    assert ("page.txt:8", 'left out the row "Quality": it has 1 of 2 values') in [
        (warning.where, warning.reason) for warning in reading.warnings
    ]
    assert tools_of(reading)["stable-diffusion"].reported[0].components["ecosystem"] == 1


def test_unknown_rows_types_and_prices_are_warned_about() -> None:
    """What isn't known is named with its line and never guessed."""
    text = SMALL.replace("| Type | Model |", "| Type | Gizmo |").replace(
        "| Pricing | Free |", "| Pricing | Barter |"
    )
    text = text.replace("| Match Graph |", "| Vibes | 3 | 4 |\n| Match Graph |").replace(
        "47/100", "470/100", 1
    )
    reading = read_page(text)
    tool = tools_of(reading)["mistral-small"]
    assert (tool.type, tool.pricing, tool.reported[0].rank) == (ToolType.OTHER, None, None)
    found = {warning.where: warning.reason for warning in reading.warnings}
    assert set(found) == {"page.txt:5", "page.txt:6", "page.txt:12", "page.txt:14"}
    assert "Vibes" in found["page.txt:12"]
    assert "Barter" in found["page.txt:14"]


def test_a_column_that_the_title_does_not_name_is_no_tool() -> None:
    """A column of notes is left out with a warning; the others are read."""
    rows = [f"{line} x |" if line.count("|") == 4 and "---" not in line else line for line in LINES]
    rows[3] = "|---|---|---|---|"
    rows.insert(11, "| x |")
    reading = read_page("\n".join(rows))
    assert tools_of(reading) == tools_of(read_page(SMALL))
    assert [warning.reason for warning in reading.warnings] == [
        'left out the column "x": the title doesn\'t name it'
    ]


def test_a_capability_without_unique_is_taken_with_a_warning() -> None:
    """The description and the other half stay; the line is named; nothing moves to a neighbour."""
    reading = read_page(without("Unique:", nth=2))
    whole = tools_of(read_page(SMALL))["mistral-small"].capabilities
    tool = tools_of(reading)["mistral-small"]
    assert tool.capabilities[2].unique is None
    assert tool.capabilities[2].versus == whole[2].versus
    assert (tool.capabilities[:2], tool.capabilities[3:]) == (whole[:2], whole[3:])
    assert [(w.where, w.reason) for w in reading.warnings] == [
        ("page.txt:22", 'a capability without "Unique:"; taken as it is')
    ]


def test_a_lost_description_takes_its_halves_along() -> None:
    """Unique and vs alternatives without a description are left out, not given to the capability before."""
    number = next(i for i, line in enumerate(LINES) if line.startswith("Unique:")) + 2
    reading = read_page("\n".join(LINES[:number] + LINES[number + 1 :]))
    whole = tools_of(read_page(SMALL))["mistral-small"].capabilities
    tool = tools_of(reading)["mistral-small"]
    assert tool.capabilities == (whole[0], *whole[2:])
    assert hidden(tool) == 5
    assert sum("without a description" in warning.reason for warning in reading.warnings) == 2


def test_a_missing_end_of_a_list_is_made_up_for_by_counts() -> None:
    """Without "+4 more" the table's counts still tell whose capabilities are whose."""
    reading = read_page(without("+4 more"))
    assert tools_of(reading) == tools_of(read_page(SMALL))
    assert any("split by count" in warning.reason for warning in reading.warnings)


def test_capabilities_of_nobody_are_left_out() -> None:
    """Without any end of a list nor counts it can't be told whose they are: none is guessed."""
    text = without("+4 more").replace("+5 more capabilities", "")
    text = text.replace("| Capabilities | 12 decomposed | 13 decomposed |\n", "")
    reading = read_page(text)
    assert shown(reading) == {"mistral-small": 0, "stable-diffusion": 0}
    assert any("can't be told" in warning.reason for warning in reading.warnings)


@pytest.mark.parametrize(("lines", "first", "second"), [(17, 1, 0), (30, 5, 0), (45, 8, 2), (60, 8, 6)])
def test_a_truncated_page_gives_what_is_there(lines: int, first: int, second: int) -> None:
    """What was read belongs to the right tool, and the table's count says how many are not known."""
    reading = read_page("\n".join(LINES[:lines]))
    assert shown(reading) == {"mistral-small": first, "stable-diffusion": second}
    assert [hidden(tool) for tool in tools_of(reading).values()] == [12 - first, 13 - second]
    assert reading.warnings


def test_a_page_without_a_footer_names_its_title() -> None:
    """Without a year the score has no date; the publisher follows from the rank's label."""
    reading = read_page(without("Search the match graph"))
    score = tools_of(reading)["mistral-small"].reported[0]
    assert (score.source, score.observed_on) == ("Unfragile: Mistral Small vs Stable-Diffusion", None)
    assert any("when it was published" in warning.reason for warning in reading.warnings)


def test_wrapped_lines_are_joined() -> None:
    """A page whose long lines were wrapped at 60 characters still gives eight triples each."""
    wrapped: list[str] = []
    for line in LINES:
        words, row = line.split(" "), ""
        for word in words:
            if len(row) > 60 and word[:1].islower() and not line.startswith("|"):
                wrapped.append(row)
                row = word
            else:
                row = f"{row} {word}" if row else word
        wrapped.append(row)
    assert len(wrapped) > len(LINES) + 50
    assert shown(read_page("\n".join(wrapped))) == {"mistral-small": 8, "stable-diffusion": 8}


def test_windows_line_ends_change_nothing() -> None:
    """CRLF and trailing spaces are how some editors save."""
    assert tools_of(read_page(SMALL.replace("\n", "  \r\n"))) == tools_of(read_page(SMALL))


@pytest.mark.parametrize(
    "text",
    [
        "Dear diary, nothing happened.",
        "A vs B",
        "| Feature |",
        "Unique: x\nvs alternatives: y",
        "---\n\n| a |",
    ],
)
def test_another_text_is_a_clear_error(text: str) -> None:
    """What is no comparison page is said to be none."""
    with pytest.raises(ImportFileError, match="comparison page"):
        read_page(text)


def test_bad_names_reject_one_tool_alone() -> None:
    """A mention, an endless name and a tool beside itself are refused; the other tool is read."""
    for name in ("@everyone", "x" * 5000):
        reading = read_page(SMALL.replace("Mistral Small", name))
        assert [rejection.where for rejection in reading.rejected] == ["page.txt:3"]
        assert list(tools_of(reading)) == ["stable-diffusion"]
    reading = read_page(SMALL.replace("Mistral Small", "Stable-Diffusion"))
    assert [r.reason for r in reading.rejected] == ["Stable-Diffusion: the page compares it with itself"]


def test_an_endless_page_is_refused() -> None:
    """Nobody compares two tools in ten thousand lines."""
    with pytest.raises(ImportFileError, match="longer than 10,000 lines"):
        read_page(SMALL + "x\n" * 10_000)


def _harmless(text: str) -> None:
    try:
        reading = read_page(text)
    except ImportFileError:
        return
    for incoming in reading.tools:
        assert len(incoming.tool.capabilities) <= 16


@pytest.mark.parametrize("folder", [DEMO, REAL])
def test_a_page_cut_at_its_head_gives_no_other_tool(folder: Path) -> None:
    """A verdict, a description or any other sentence with a "vs" is no title, wherever the page was cut."""
    for path in folder.glob("*.txt"):
        whole = path.read_text(encoding="utf-8")
        names = {incoming.tool.name for incoming in read_page(whole).tools}
        lines = whole.splitlines()
        cut = ["\n".join(lines[number:]) for number in range(len(lines))]
        read = 0
        for text in [*cut, *(whole[at:] for at in range(0, len(whole), 37))]:
            try:
                reading = read_page(text)
            except ImportFileError:
                continue
            read += 1
            assert {incoming.tool.name for incoming in reading.tools} == names
        assert read >= 3


def test_a_page_without_title_and_table_is_told_to_be_a_piece() -> None:
    """From the verdict on, nobody can tell whose the capabilities are."""
    start = next(number for number, line in enumerate(LINES) if "/100" in line and not line.startswith("|"))
    verdict = "Stable-Diffusion wins with 51/100 vs 47/100 for Mistral Small."
    for first in (LINES[start], verdict, verdict.rstrip("."), "Faster than most vs slower ones"):
        with pytest.raises(ImportFileError, match=r"neither a title nor a table .*; save the whole page"):
            read_page("\n".join([first, *LINES[start + 1 :]]))


def test_a_title_or_a_table_is_enough() -> None:
    """Without the title the table's head names the tools; without a table, or with a stump of one, the title does."""
    names = ["Mistral Small", "Stable-Diffusion"]
    rows = [line for line in LINES if line.startswith("|")]
    rest = [line for line in LINES[2:] if not line.startswith("|")]
    for lines in (LINES[1:], LINES[2:], [*LINES[:2], *rest], [LINES[0], *rows[2:5], *rest]):
        reading = read_page("\n".join(lines))
        assert [incoming.tool.name for incoming in reading.tools] == names
        assert shown(reading) == {"mistral-small": 8, "stable-diffusion": 8}


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SMALL)))
def test_no_prefix_of_a_page_breaks_the_reader(length: int) -> None:
    """A download may end anywhere."""
    _harmless(SMALL[:length])


@settings(max_examples=150, deadline=None)
@given(st.sets(st.integers(0, len(LINES) - 1)), st.randoms(use_true_random=False), st.booleans())
def test_no_lost_or_shuffled_lines_break_the_reader(lost: set[int], random: object, shuffle: object) -> None:
    """Lines may be missing, and stand in any order."""
    lines = [line for number, line in enumerate(LINES) if number not in lost]
    if shuffle:
        random.shuffle(lines)  # type: ignore[attr-defined]  # hypothesis' Random, which is no Random to mypy
    _harmless("\n".join(lines))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.text(max_size=40)), max_size=8))
def test_no_odd_text_amid_a_page_breaks_the_reader(changes: list[tuple[int, str]]) -> None:
    """Any line may hold anything."""
    lines = LINES.copy()
    for number, text in changes:
        lines[number] = text
    _harmless("\n".join(lines))


@pytest.mark.parametrize("line", ["|" + "-" * 300_000 + "x", "a vs " * 60_000, "| " * 200_000, "x\n" * 9_000])
def test_hostile_lines_are_read_in_linear_time(line: str) -> None:
    """A page made to be slow is read in a moment (the suite would hang otherwise)."""
    _harmless(SMALL.replace("Need something different?", line))
    _harmless(f"A vs B\nUnique: x\n{line}")
