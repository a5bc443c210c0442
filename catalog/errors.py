"""What can go wrong in the catalog.

Errors carry data; whoever shows one words it for its surface. ``str(error)`` is a plain sentence that says
what was wrong and what to do, fit for a terminal line.

```
CatalogError
├── UnknownToolError        a slug or key that is not (or no longer) in the catalog
├── ComparisonError         a comparison that makes no sense (one tool, the same tool twice, five tools)
├── ImportFileError         a file that can't be read as a catalog at all; nothing was changed
└── StorageError            the database refused; nothing was changed
```
"""

from __future__ import annotations


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
