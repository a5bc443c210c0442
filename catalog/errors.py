"""What can go wrong in the catalog.

Errors carry data; whoever shows one words it for its surface. ``str(error)`` is a plain sentence that says
what was wrong and what to do, fit for a terminal line.

```
CatalogError
├── UnknownToolError        a slug or key that is not (or no longer) in the catalog
├── ComparisonError         a comparison that makes no sense (one tool, the same tool twice, five tools)
├── WeightsError            weights that can't be read
├── EditError               an edit that breaks a rule; nothing was changed
│   ├── FormError           what was typed into a form can't be read, field by field
│   └── ConflictError       somebody else changed the same in the meantime
├── DecidedError            a proposal that was decided in the meantime; nothing was changed
├── ImportFileError         a file that can't be read as a catalog at all; nothing was changed
└── StorageError            the database refused; nothing was changed
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catalog.proposals import Proposal


class CatalogError(Exception):
    """Base of all errors that the catalog raises on purpose."""


class UnknownToolError(CatalogError):
    """A tool was asked for by a slug or key that the catalog does not hold.

    Attributes:
        key: what was asked for.
    """

    def __init__(self, key: str) -> None:
        super().__init__(
            "That tool is no longer in the catalog. It may have been renamed or merged; ask for it by name."
        )
        self.key = key


class ComparisonError(CatalogError):
    """A comparison was asked for that makes no sense; the message says why and what to do."""


class WeightsError(CatalogError):
    """Weights were asked for that can't be read; the message says why and what there is."""


class EditError(CatalogError):
    """An edit breaks a rule; nothing was changed. The message says which and what to do."""


class FormError(EditError):
    """What was typed into a form can't be read; nothing was changed.

    Attributes:
        reasons: for each wrong field, by its label, what is wrong with it and what to do.
    """

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__("\n".join(f"{label}: {reason}" for label, reason in reasons.items()))
        self.reasons = reasons


#: Places that a message names.
_NAMED: Final = 5


class ConflictError(EditError):
    """Somebody else changed the same places in the meantime; nothing was changed.

    Attributes:
        places: what both have changed, in words.
    """

    def __init__(self, places: Sequence[str]) -> None:
        more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
        super().__init__(
            f"Somebody else changed the same in the meantime ({', '.join(places[:_NAMED])}{more}). "
            "Choose whose version to keep."
        )
        self.places = tuple(places)


class DecidedError(CatalogError):
    """A proposal is in another state than somebody saw it in; nothing was changed.

    Attributes:
        proposal: the proposal as it is now.
    """

    def __init__(self, proposal: Proposal) -> None:
        by = f" (by {proposal.decided_by})" if proposal.decided_by else ""
        super().__init__(
            f"Proposal {proposal.number} is {proposal.state.value} by now{by}, so nothing was changed. "
            "Look at it again."
        )
        self.proposal = proposal


class ImportFileError(CatalogError):
    """A file can't be read as a catalog; nothing was changed.

    Attributes:
        where: the file, with a line number when one is to blame: ``"tools.yaml:12"``.
        reason: what is wrong with it and what to do.
    """

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class StorageError(CatalogError):
    """The database refused to read or write; nothing was changed."""
