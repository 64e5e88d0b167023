"""The pages of the story while they are built: figures in prose, claim cards, colours."""
