"""Fetch the extracts again, and say which claims that turns."""
