"""Live sources: services that tell how a tool stands today, and how they are asked.

>>> from catalog.sources.sources import SOURCES
>>> [source.name for source in SOURCES]
['GitHub', 'Hugging Face', 'PyPI Stats', 'npm-stat.com']
"""
