"""Fetch the extracts again from their public sources, and say what changed."""
