"""Reading catalogs: our own documents (YAML, JSON, JSONL, CSV) and saved comparison pages, one file a format.

>>> reading = read_text("name: Mixtral 8x7B", where="tools.yaml")
>>> reading.format, [incoming.tool.slug for incoming in reading.tools]
('YAML', ['mixtral-8x7b'])
"""

from catalog.importers.files import SIZE_LIMIT
from catalog.importers.formats import read_file, read_text
from catalog.importers.reading import Authority, Caution, Incoming, Reading, Rejection

__all__ = [
    "SIZE_LIMIT",
    "Authority",
    "Caution",
    "Incoming",
    "Reading",
    "Rejection",
    "read_file",
    "read_text",
]
