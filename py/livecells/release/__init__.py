"""What a finished site becomes: a release with scripts, policy, service worker and copies."""
