"""Live Python cells in a static page: a kernel, the page that runs it, and the build that pre-renders both."""
