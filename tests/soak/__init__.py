"""Does in minutes what a reader does in a day, and watches memory: `make soak`."""
