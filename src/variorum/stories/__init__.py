"""Which documents tell of one affair, when, and in which episodes."""
