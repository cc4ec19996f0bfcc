"""Every setting of a build, in one frozen record with safe defaults."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one page may cost. A page over a limit becomes a record with the reason.

    Attributes:
        page_bytes: Largest page read, in bytes after decoding.
        archive_ratio: Largest ratio of decompressed to compressed bytes of one input, from 1 MiB on.
        archive_bytes: Most bytes decompressed from one input in all (of a WACZ also the bytes of its entries as they
            are read).
        nodes: Most tags in one HTML page.
        depth: Deepest nesting of tags in one HTML page; trees deeper than this make parsers recurse.
        attributes: Most attributes on one tag.
        words: Most words of text of one page.
        cpu_seconds: Last net, processor time for one page and stage; such a page is tried again by the next build.
    """

    page_bytes: int = 20_000_000
    archive_ratio: int = 200
    archive_bytes: int = 4_000_000_000
    nodes: int = 200_000
    depth: int = 2_000
    attributes: int = 1_000
    words: int = 200_000
    cpu_seconds: int = 60


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of one build; the part that a stage reads is part of its ledger key.

    Attributes:
        as_text: Take plain text as article text as it stands, do not clean it.
        fields: Names of the JSON Lines fields, as (ours, theirs) pairs.
        until: Name of the last stage to run; empty for all.
        keep: Names of tables marked `kept: no` that are to be stored all the same.
        workers: Processes to use; 0 lets the engine choose.
        reader: Who reads the sentences: empty for ours, else `package.module:factory`, a function that is called without
            arguments and gives a `variorum.models.reading.Reader`.
        limits: What one page may cost.
    """

    as_text: bool = False
    fields: tuple[tuple[str, str], ...] = ()
    until: str = ""
    keep: tuple[str, ...] = ()
    workers: int = 0
    reader: str = ""
    limits: Limits = Limits()
