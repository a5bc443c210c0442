"""The commands under `/catalog`, one part of the work a file."""
