"""Write the reference pages that follow from the code, or check that they are up to date (`--check`)."""

from __future__ import annotations

import sys
import textwrap
import typing
from pathlib import Path

import typer.main

from variorum import pipeline
from variorum.cli.app import app
from variorum.records import TABLES, Record

REFERENCE = Path(__file__).parent / "reference"
NOTE = "<!-- made by `make docs`; do not edit -->\n\n"


def commands() -> str:
    """Every command with its help, as the terminal shows it without colours."""
    group = typer.main.get_command(app)
    parts = [
        "# Commands\n",
        NOTE,
        "Exit status: 0, everything was read; 1, something was rejected, the records say what and why; 2, nothing could be done; 130, stopped by hand.\n",
    ]
    for name in sorted(group.commands):
        command = group.commands[name]
        parts.append(f"\n## variorum {name}\n\n{command.help}\n\n")
        parts += ["| argument or option | meaning | default |\n|---|---|---|\n"]
        for param in command.params:
            names = (
                ", ".join(f"`{o}`" for o in param.opts)
                if param.param_type_name == "option"
                else f"`{param.name.upper()}`"
            )
            default = (
                ""
                if param.default in (None, "", False, []) or callable(param.default) or param.required
                else f"`{param.default}`"
            )
            parts.append(
                f"| {names} | {getattr(param, 'help', '') or ''} | {'needed' if param.required else default} |\n"
            )
    return "".join(parts)


def _type(hint: object) -> str:
    if typing.get_origin(hint) is typing.Literal:
        return " \\| ".join(f"`{a}`" if a else "empty" for a in typing.get_args(hint))
    if typing.get_origin(hint) is tuple:
        return f"list of {_type(typing.get_args(hint)[0])}"
    if isinstance(hint, type):
        return hint.__name__
    return " or ".join("none" if a is type(None) else _type(a) for a in typing.get_args(hint))


def tables() -> str:
    """Every table, from its record."""
    parts = [
        "# Tables\n",
        NOTE,
        "Offsets are half-open: code points of the document's text (`start`, `end`), bytes of the page (`page_ranges`). `id` and `made_by` stand on every row.\n",
    ]
    for name, spec in TABLES.items():
        doc = textwrap.dedent(spec.record.__doc__ or "")
        summary, _, rest = doc.partition("Attributes:")
        meaning = _attributes(rest)
        state = "" if spec.kept else " Passes between stages; stored with `--keep`."
        state += "" if spec.exported else " A working table: stored, not exported." if spec.kept else ""
        parts.append(
            f"\n## {name}\n\n{' '.join(summary.split())}{state}\n\n| column | type | meaning |\n|---|---|---|\n"
        )
        hints = typing.get_type_hints(spec.record)
        fields = [f for f in spec.record.__struct_fields__ if f not in Record.__struct_fields__]
        parts += [f"| `{f}` | {_type(hints[f])} | {meaning.get(f, '')} |\n" for f in fields]
    return "".join(parts)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    names: list[str] = []
    for line in text.splitlines():
        head, colon, rest = line.strip().partition(": ")
        if (
            colon
            and line.startswith((" " * 4, " " * 8))
            and all(part.isidentifier() for part in head.split(", "))
            and not line.startswith(" " * 12)
        ):
            names = head.split(", ")
            found |= dict.fromkeys(names, rest)
        elif line.strip() and names:
            found |= {name: f"{found[name]} {line.strip()}" for name in names}
    return found


def stages() -> str:
    """The pipeline, in order."""
    parts = [
        "# Stages\n",
        NOTE,
        "In the order in which they run. Split by `document`: each page alone; by a column: rows with equal values together; `all`: whole small tables.\n\n",
        "| stage | version | needs | brings along | makes | split by |\n|---|---|---|---|---|---|\n",
    ]
    for s in pipeline.STAGES:
        along = dict.fromkeys([*(f.table for f in s.fetch), *s.broadcast])
        cells = [s.name, str(s.version), ", ".join(s.needs), ", ".join(along), ", ".join(s.makes), s.split_by]
        parts.append(f"| {' | '.join(cells)} |\n")
    return "".join(parts)


PAGES = {"commands.md": commands, "tables.md": tables, "stages.md": stages}


def main() -> int:
    """Write the pages; with `--check`, only say which are out of date."""
    stale = []
    for name, make in PAGES.items():
        path, text = REFERENCE / name, make()
        if not path.is_file() or path.read_text("utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, "utf-8")
    if stale:
        print(f"{'out of date' if '--check' in sys.argv else 'written'}: {', '.join(stale)}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
