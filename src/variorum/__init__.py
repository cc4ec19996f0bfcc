"""Variorum."""
