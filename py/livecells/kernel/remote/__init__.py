"""What comes over the network while a cell runs: files, packages, parts of large files."""
