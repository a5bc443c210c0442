"""Editing: what people want of documents, merged field by field into what the catalog holds when they save.

Nothing here reads or writes anything. An edit, an undo, a restored tool, a duplicate merged into its survivor, an
import, a guild's copy brought up to the shared tool and an approved proposal are all one thing: a `Change`.
"""
