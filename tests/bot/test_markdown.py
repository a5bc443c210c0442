from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.markdown import code_block, escape, link

#: Discord knows no indented code, no HTML, no entities and no underlined headings; it does know strikethrough.
PARSER = (
    MarkdownIt("commonmark")
    .enable("strikethrough")
    .disable(["code", "html_block", "html_inline", "entity", "lheading"])
)
PLAIN = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak", "hardbreak"}
MENTION = re.compile(r"@everyone|@here|(?<!\\)<(?:@[!&]?\d+>|#\d+>|t:\d+|a?:\w+:\d+>|id:|/\w+:\d+>)")

markup = st.lists(
    st.sampled_from(
        [
            "*", "**", "_", "__", "~~", "||", "`", "```", "\n", " ", "# ", "-# ", "> ", ">>> ", "- ", "+ ", "1. ", "2)",
            "[", "](", ")", "<", ">", "http://a.b", "https://evil.example/x_y_z", "@everyone", "@here", "<@1>", "<#2>",
            "<@&3>", "<t:0:R>", "<:x:1>", "\\", "word", "通", "é", "😀", "\t", "---", "***", "===", "!",
            "&amp;", "www.a.b",
        ]
    )
    | st.characters(),
    max_size=25,
).map("".join)  # fmt: skip


def _rendered(text: str) -> tuple[set[str], str]:
    tokens = [token for block in PARSER.parse(text) for token in [block, *(block.children or [])]]
    shown = "".join(
        token.content if token.type.startswith("text") else "\n" if token.type.endswith("break") else ""
        for token in tokens
    )
    return {token.type for token in tokens}, shown


@given(markup)
def test_nothing_is_markup(text: str) -> None:
    """An escaped text has no links, emphasis, code, lists, headings, quotes or mentions."""
    escaped = escape(text)
    kinds, _ = _rendered(escaped)
    assert kinds <= PLAIN
    assert not MENTION.search(escaped)
    assert not re.search(r"https?://", escaped)


@given(markup)
@example("\r>")
@example("1\r2.")
def test_shows_as_written(text: str) -> None:
    """What a person reads is what was written, but for spaces and the invisible one after an at sign."""
    _, shown = _rendered(escape(text))
    written = "".join(text.replace("\0", "\ufffd").replace("\u200b", "").split())
    assert "".join(shown.replace("\u200b", "").split()) == written


@given(markup)
def test_code_block(text: str) -> None:
    """No text breaks out of its code block."""
    (fence,) = PARSER.parse(code_block(unicodedata.normalize("NFC", text)))
    assert fence.type == "fence"
    assert code_block(text).count("```") == 2


@pytest.mark.parametrize("label", ["docs", "a] b", "[x](http://evil.example)"])
def test_link(label: str) -> None:
    """A link leads where it says, whatever its label holds."""
    (_, inline, _) = PARSER.parse(link(label, "https://good.example/a"))
    opened, *_, closed = inline.children or []
    assert opened.attrs == {"href": "https://good.example/a"}
    assert closed.type == "link_close"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain", "plain"),
        ("a*b_c", r"a\*b\_c"),
        ("# x", r"\# x"),
        ("C# x", "C# x"),
        ("1. x", r"1\. x"),
        ("v1.5", "v1.5"),
        ("https://x.y", r"https\://x.y"),
    ],
)
def test_examples(text: str, escaped: str) -> None:
    """Only what would be markup where it stands is escaped."""
    assert escape(text) == escaped
