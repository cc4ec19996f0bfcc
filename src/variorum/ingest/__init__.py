"""Bytes to pages: files, folders, globs, standard input; HTML, MHTML, text, JSON Lines, WARC, WACZ, feeds."""

from variorum.ingest.arrival import Arrival, refused_fields
from variorum.ingest.jsonl import FIELDS
from variorum.ingest.reading import read

__all__ = ["FIELDS", "Arrival", "read", "refused_fields"]
