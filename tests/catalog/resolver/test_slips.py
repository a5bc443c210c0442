import pytest

from catalog.resolver.slips import Slip, slip


@pytest.mark.parametrize(
    ("typed", "meant", "what"),
    [
        ("ollama", "ollama", Slip.NONE),
        ("mitsral", "mistral", Slip.SWAPPED),
        ("lolama", "ollama", Slip.SWAPPED),
        ("ollamma", "ollama", Slip.DOUBLED),
        ("olama", "ollama", Slip.DOUBLED),
        ("ollamaa", "ollama", Slip.DOUBLED),
        ("ollsma", "ollama", Slip.BESIDE),
        ("gopt", "gpt", Slip.BESIDE),
        ("komfy", "comfy", Slip.HEARD),
        ("olleme", "ollema", Slip.HEARD),
        ("mistrl", "mistral", Slip.LEFT_OUT),
        ("istral", "mistral", Slip.LEFT_OUT),
        ("mistralx", "mistral", Slip.PUT_IN),
        ("mistbral", "mistral", Slip.PUT_IN),
        ("oblama", "ollama", Slip.REPLACED),
        ("mxxtral", "mistral", Slip.SEVERAL),
        ("", "mistral", Slip.SEVERAL),
        ("a", "", Slip.PUT_IN),
        ("", "a", Slip.LEFT_OUT),
    ],
)
def test_slip(typed: str, meant: str, what: Slip) -> None:
    """Each single typing error is told from the others."""
    assert slip(typed, meant) is what


def test_nothing_else_is_a_slip() -> None:
    """Every slip that there is has an example above, so that its weight is that of something."""
    marker = test_slip.pytestmark[0]  # type: ignore[attr-defined]
    assert {what for *_, what in marker.args[1]} == set(Slip)
