"""Live Python cells in a static page: a kernel, the page around it, and the build before it."""
