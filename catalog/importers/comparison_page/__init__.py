"""Saved comparison pages: two tools side by side in a table, then what each can do, in triples of lines."""

from catalog.importers.comparison_page.page import NAME, looks_like, read

__all__ = ["NAME", "looks_like", "read"]
