"""The domain: tools, names, ranks, comparisons, storage and imports. It knows nothing of Discord."""
