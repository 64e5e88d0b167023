"""The story: its data, charts and claims. Runs the same under CPython and in the browser."""
