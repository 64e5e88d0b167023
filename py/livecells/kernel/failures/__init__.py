"""From an exception to a message with the reader's own lines, and what may help."""
