from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.people import Person
from tests.commands.rights import RIGHTS, Doors, fault

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
            answer = await through.go_through(door, *sent)
            changed = people.kept() != before
            wrong.append(fault(person, door, right.who, answer.refusal, changed=changed))
    assert not [one for one in wrong if one]
