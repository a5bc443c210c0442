from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.doors import Doors
from tests.commands.people import Person
from tests.commands.rights import RIGHTS, fault

if TYPE_CHECKING:
    from tests.commands.people import People


@pytest.mark.parametrize("person", Person)
async def test_buttons_menus_and_forms(people: People, person: Person) -> None:
    """A custom_id opens nothing that its sender may not do, whatever stands in it and wherever it is sent."""
    wrong = []
    for right in RIGHTS:
        for door in right.doors:
            through = Doors(people, person)
            sent = await through.prepared(door)
            before = people.kept()
            answer = await through.go_through(door, sent)
            people.close_forms()
            changed = people.kept() != before
            wrong.append(fault(person, door, right.who, answer.refusal, changed=changed))
    assert not [one for one in wrong if one]


@pytest.mark.parametrize(
    ("door", "value"),
    [
        ("draft:section (own, server)", "somewhere"),
        ("draft:choose (own, server)", "nobody here"),
        ("changes (server)", "²"),
        ("changes (server)", "9" * 30),
        ("waiting (server)", "²"),
        ("waiting (server)", "9" * 30),
        ("disputed", "nothing at all"),
        ("menu", "nowhere"),
    ],
)
async def test_what_was_never_offered(people: People, door: str, value: str) -> None:
    """A menu that sends back what isn't in it is refused in words, and nothing is changed."""
    sent = await Doors(people, Person.OWNER).prepared(door)
    before = people.kept()
    answer = await people.press(Person.OWNER, sent.custom_id, value)
    assert answer.refusal
    assert people.kept() == before
