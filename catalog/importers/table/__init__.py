"""Tools as a table: what its columns are called, what stands in its cells, and how a row is a document."""
