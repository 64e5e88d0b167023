"""What an author's page becomes: cells, their parameters and outputs, as finished HTML."""
