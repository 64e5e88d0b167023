"""Charts as pictures, files and pages of their own."""
