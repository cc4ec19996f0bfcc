"""Damaged pages by the thousand: nothing may fail, and no anchor may slip."""
