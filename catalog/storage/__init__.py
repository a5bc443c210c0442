"""Documents, their revisions and what they do to ranks, in the database.

Reading gives whole documents; writing goes through one `Writer` a transaction, which adds a revision to the
change log for every document that really changes, and an entry to the ledger for every rank that does. What is
acknowledged (the ``async with`` block is left without an error) is on the disk; what isn't, never happened.
"""

from catalog.storage.ledger import Ledger
from catalog.storage.store import Storage
from catalog.storage.writer import Writer

__all__ = ["Ledger", "Storage", "Writer"]
