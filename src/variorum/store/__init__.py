"""A dossier on disk: Parquet tables in buckets under a root, and one manifest that says which files count."""

from variorum.store.folder import Store
from variorum.store.manifest import MANIFEST, Manifest, TableFile

__all__ = ["MANIFEST", "Manifest", "Store", "TableFile"]
