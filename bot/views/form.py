"""A form that is made from what it asks for: a line, a box or a menu for each field, filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import discord
from discord import ui

from bot.limits import clip
from catalog.editing.fields import FormField

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_TITLE: Final = 45
#: Most that one input may hold, in characters.
_TEXT: Final = 4000

_Input: TypeAlias = "ui.TextInput[Any] | ui.Select[Any]"


class Form(ui.Modal):
    """Asks for some fields. What was typed arrives by the form's custom_id, before and after a restart.

    Args:
        custom_id: what the form is for, as `bot.forms` reads it.
        title: what it is about; cut to what fits.
        fields: what it asks for, five at most.
        typed: what is filled in, by the name of the field; several choices stand one a line.
    """

    def __init__(
        self, custom_id: str, title: str, fields: Sequence[FormField], typed: Mapping[str, str]
    ) -> None:
        # No timeout, and nothing to do when it is sent: nothing about it is kept in the process.
        super().__init__(title=clip(title, _TITLE), custom_id=custom_id, timeout=1)
        for field in fields:
            item = _input(field, typed.get(field.name, ""))
            self.add_item(ui.Label(text=field.label, description=field.help or None, component=item))


def text_field(name: str, label: str, *, limit: int, required: bool = False) -> FormField:
    """Make a field for running text."""
    return FormField(
        name=name,
        label=label,
        help="",
        long=True,
        required=required,
        min_length=int(required),
        max_length=limit,
    )


def typed_in(interaction: discord.Interaction[Any]) -> dict[str, str]:
    """Give what was typed into a form that somebody sent, by the name of the field; several choices one a line."""
    data: Any = interaction.data or {}
    return {
        str(part["custom_id"]): "\n".join(map(str, part.get("values") or ())) or str(part.get("value") or "")
        for part in _parts(data.get("components") or ())
    }


def _parts(components: Any) -> Iterator[Any]:  # noqa: ANN401 (Discord's JSON)
    for component in components:
        inner = component.get("component")
        if "custom_id" in component:
            yield component
        yield from _parts([inner] if inner else component.get("components") or ())


def _input(field: FormField, text: str) -> _Input:
    """Make what a field is typed into: a menu of its choices, a box for long text, or a line."""
    if field.choices:
        chosen = set(text.split("\n")) if field.several else {text}
        return ui.Select(
            custom_id=field.name,
            options=[discord.SelectOption(label=word, default=word in chosen) for word in field.choices],
            min_values=int(field.required),
            max_values=len(field.choices) if field.several else 1,
            required=field.required,
        )
    return ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
        default=text[:_TEXT] or None,
        required=field.required,
        min_length=field.min_length or None,
        # Discord shows no form that is filled in with more than it lets people type; a text that somebody has to
        # shorten yet comes back whole.
        max_length=min(max(field.max_length, len(text)), _TEXT),
    )
