from __future__ import annotations

from catalog.importers import read_text


def test_a_broken_line_costs_only_itself() -> None:
    """Broken text, repeated keys and figures that are none are rejected by line."""
    rows = [
        '{"name": "Ollama"}',
        "{oops",
        "",
        '{"name": "a", "name": "b"}',
        '{"name": "c", "popularity": NaN}',
        "[" * 9999,
    ]
    reading = read_text("\n".join(rows), where="x.jsonl")
    assert [(i.tool.name, i.where) for i in reading.tools] == [("Ollama", "x.jsonl:1")]
    assert [(r.where, r.reason) for r in reading.rejected] == [
        ("x.jsonl:2", "expecting property name enclosed in double quotes"),
        ("x.jsonl:4", '"name" is given twice; keep one of them'),
        ("x.jsonl:5", "NaN is no number in JSON; leave the field out"),
        ("x.jsonl:6", "lists or mappings are nested too deeply"),
    ]


def test_line_separators_inside_text_end_no_line() -> None:
    """JSON allows U+2028 and U+0085 inside a string."""
    reading = read_text('{"name": "Ol\u2028lama\x85x"}\r\n{"name": "vLLM"}\r\n', where="x.jsonl")
    assert [(i.tool.name, i.where) for i in reading.tools] == [
        ("Ol lama x", "x.jsonl:1"),
        ("vLLM", "x.jsonl:2"),
    ]


def test_long_lists_of_names_are_read() -> None:
    """A name is all that a line needs; aliases and popularity are optional."""
    rows = [
        f'{{"name": "package-{number}", "aliases": ["p{number}"], "popularity": 0.5}}'
        for number in range(5000)
    ]
    reading = read_text("\n".join(rows), where="x.jsonl")
    assert (len(reading.tools), reading.rejected) == (5000, ())
    last = reading.tools[-1]
    assert (last.tool.slug, last.tool.aliases, last.where) == ("package-4999", ("p4999",), "x.jsonl:5000")
