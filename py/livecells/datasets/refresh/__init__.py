"""Fetch extracts again from the sources that the catalogue names."""
