"""The story: its data, its charts and its claims. Runs the same under CPython and in the browser."""
