"""The one Python of a page: its border to the browser, streams, stack, threads, patches."""
