"""Charts: a frame in, a chart out; one module for each subject, `theme` for the look."""
