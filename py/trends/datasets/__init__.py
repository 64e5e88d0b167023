"""How the story's tables are made and refreshed; never part of the browser's bundle."""
