"""The build side: cells in Markdown become finished HTML, and the runtime is laid beside it."""
