"""Splitting, running, remembering: the same stages in one process, in a pool, and later on a cluster."""
