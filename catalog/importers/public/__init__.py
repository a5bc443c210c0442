"""Public data that others publish, as it is published: one source a file.

>>> [source.name for source in SOURCES if source.claims("rank,item,repo_name")]
[]
"""

from catalog.importers.public.source import Source, read
from catalog.importers.public.sources import SOURCES, source_of

__all__ = ["SOURCES", "Source", "read", "source_of"]
