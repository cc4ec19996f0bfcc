"""The commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from variorum.cli.output import complain, print_json, progress_bar, report_unread, say
from variorum.settings import Settings

app = typer.Typer(
    name="variorum",
    help="Turns rival outlets' news pages about one crisis into one anchored record of the story.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[
    list[str], typer.Argument(help="Files, folders, globs; - for standard input.", show_default=False)
]
AsText = Annotated[
    bool, typer.Option("--as-text", help="Plain text is article text: take it as it stands, do not clean it.")
]
TextOnly = Annotated[
    bool, typer.Option("--text", help="Print the cleaned text alone; of several pages each under its name.")
]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--field", help="Name of a JSON Lines field, OURS=THEIRS, such as text=body.", show_default=False
    ),
]
LimitList = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        help="What a page or an archive may cost, NAME=NUMBER, such as page_bytes=50000000; repeat for several (docs/how-to/limits.md).",
        show_default=False,
    ),
]
Outlets = Annotated[
    Path | None,
    typer.Option(help="CSV that says who the outlets are: name, hosts, owner, country, side, note."),
]
Gazetteer = Annotated[
    Path | None,
    typer.Option(
        help="CSV or Parquet with places of yours: id, name, aliases, kind, country, lat, lon, seat_of."
    ),
]
Reader = Annotated[
    str,
    typer.Option(
        help="Another reader of sentences than ours, MODULE:FACTORY (docs/how-to/own-reader.md).",
        show_default=False,
    ),
]
Into = Annotated[Path, typer.Option("--output", "-o", help="Where to write.", show_default=False)]
DossierPath = Annotated[Path, typer.Argument(help="A dossier.", show_default=False)]


def _settings(field: list[str] | None, limit: list[str] | None, *, as_text: bool, **others: Any) -> Settings:
    from variorum.cli import options  # noqa: PLC0415 - the commands that read no pages start quickly

    return Settings(as_text=as_text, fields=options.fields(field), limits=options.limits(limit), **others)


def _version(value: bool) -> None:  # noqa: FBT001 - typer calls it so
    if value:
        from variorum.api import VERSION  # noqa: PLC0415

        say(f"variorum {VERSION}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[  # noqa: FBT002 - as typer wants it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None: ...


@app.command()
def build(
    paths: Paths,
    output: Into,
    outlets: Outlets = None,
    gazetteer: Gazetteer = None,
    as_text: AsText = False,  # noqa: FBT002
    field: Fields = None,
    limit: LimitList = None,
    until: Annotated[
        str, typer.Option(help="Last stage or stretch to run: clean, tag, reuse, stories.")
    ] = "",
    keep: Annotated[
        list[str] | None, typer.Option(help="A table to store that is not kept by default: tokens.")
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 chooses.")] = 0,
    reader: Reader = "",
) -> None:
    """Read pages into a dossier; pages it holds already are not read again."""
    from variorum import api  # noqa: PLC0415 - the commands that need no stages start quickly

    settings = _settings(
        field,
        limit,
        as_text=as_text,
        until=until,
        keep=tuple(keep or ()),
        workers=workers,
        reader=reader,
    )
    with progress_bar() as progress:
        dossier = api.build(
            list(paths),
            output,
            settings=settings,
            outlets=outlets,
            gazetteer=gazetteer,
            stdin=sys.stdin.buffer,
            progress=progress,
        )
    tally = dossier.tally or api.Tally()
    status = report_unread(tally)
    counts = ", ".join(
        f"{number} {one if number == 1 else many}"
        for number, one, many in (
            (dossier.rows("documents"), "document", "documents"),
            (dossier.rows("stories"), "story", "stories"),
            (dossier.rows("passages"), "shared passage", "shared passages"),
            (dossier.rows("statements"), "statement", "statements"),
            (dossier.conflicting_figures(), "conflict of figures", "conflicts of figures"),
            (dossier.rows("denials"), "denial", "denials"),
        )
    )
    unread = f", {len(tally.rejected)} not read" if tally.rejected else ""
    skipped = f", {tally.skipped} skipped" if tally.skipped else ""
    say(
        f"{output}: {tally.read} page{'' if tally.read == 1 else 's'} read ({tally.known} known before){skipped}{unread}; the dossier holds {counts}"
    )
    raise typer.Exit(status)


@app.command()
def report(
    dossier: DossierPath,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path("report.html"),
) -> None:
    """Write one self-contained page to read and to hand on."""
    from variorum import api  # noqa: PLC0415
    from variorum.report import write_report  # noqa: PLC0415

    size = write_report(api.open(dossier), output)
    say(f"{output}: {size / 1000:,.0f} kB; open it in a browser")


@app.command()
def read(
    paths: Paths,
    as_text: AsText = False,  # noqa: FBT002
    only: Annotated[str, typer.Option(help="Tables to print, with commas: statements,times.")] = "",
    field: Fields = None,
    limit: LimitList = None,
    gazetteer: Gazetteer = None,
    reader: Reader = "",
) -> None:
    """Read pages one at a time: every record of the per-document tables as JSON Lines on standard output."""
    from variorum.cli.reading import read_pages  # noqa: PLC0415

    settings = _settings(field, limit, as_text=as_text, reader=reader)
    raise typer.Exit(
        read_pages(paths, settings=settings, only=only, gazetteer=gazetteer, stdin=sys.stdin.buffer)
    )


@app.command()
def clean(
    paths: Paths,
    as_text: AsText = False,  # noqa: FBT002
    text: TextOnly = False,  # noqa: FBT002
    field: Fields = None,
    limit: LimitList = None,
) -> None:
    """Clean pages only: one JSON object a page on standard output."""
    from variorum.cli.reading import clean_pages  # noqa: PLC0415

    settings = _settings(field, limit, as_text=as_text)
    raise typer.Exit(clean_pages(paths, settings=settings, plain=text, stdin=sys.stdin.buffer))


@app.command()
def remove(
    dossier: DossierPath,
    pages: Annotated[list[str], typer.Argument(help="Ids or locations of pages.", show_default=False)],
) -> None:
    """Take pages out of a dossier, as if they had never been there."""
    from variorum import api  # noqa: PLC0415

    with progress_bar() as progress:
        left = api.remove(dossier, pages, progress=progress)
    say(f"{dossier}: {left.rows('documents')} documents left")


@app.command()
def export(
    dossier: DossierPath,
    to: Annotated[str, typer.Option("--to", help="jsonl, csv, parquet or w3c-annotation.")],
    output: Into,
) -> None:
    """Write a dossier's tables in another format."""
    from variorum import api  # noqa: PLC0415
    from variorum.exports import export as write  # noqa: PLC0415

    files = write(api.open(dossier), to, output)
    say(f"{output}: {len(files)} files")


@app.command()
def score(
    task: Annotated[
        str,
        typer.Argument(
            help="What to score: statements, figures, times, stories ...; of folders also all.",
            show_default=False,
        ),
    ],
    gold: Annotated[
        Path,
        typer.Argument(help="JSON Lines with the truth, or a folder of TABLE.jsonl.", show_default=False),
    ],
    system: Annotated[
        Path,
        typer.Argument(
            help="JSON Lines to score, as `export --to jsonl` writes them; for a folder a folder, or a dossier.",
            show_default=False,
        ),
    ],
) -> None:
    """Score a system's records against gold; a JSON object of measures on standard output."""
    from variorum.cli.scoring import scores  # noqa: PLC0415

    print_json([scores(task, gold, system)])


__all__ = ["app", "complain"]
