"""Files that the reader adds: what is in them and how they are read."""
