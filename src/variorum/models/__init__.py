"""The only door to learned models: each loaded on first use, from the package's own files, never from a network."""
