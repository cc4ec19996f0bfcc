"""Shared passages and independent origins: who copied whom, before anything is counted (design, law 3)."""
