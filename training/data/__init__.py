"""Readers from every corpus to one form, and which of them may be trained on."""
