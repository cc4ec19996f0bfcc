"""The gate: floors hold, rise by themselves, and fall only with a reason that is written down."""

from __future__ import annotations

import json

import msgspec
import pytest
from bench.gold import look
from bench.quality import gate
from bench.quality.measured import Measured
from hypothesis import given
from hypothesis import strategies as st

CHANGELOG = "# Changelog\n\n## Unreleased\n\n### Added\n- A thing.\n\n## 0.1\n\n### Changed\n- Old.\n"


def measured(data=(), rivals=None, **figures):
    return Measured(
        about="Invented.",
        ours={name.replace("_", " "): value for name, value in figures.items()},
        rivals=rivals or {},
        counts={"pages": 3},
        data=data,
    )


@pytest.fixture
def ran(tmp_path):
    """Run the gate on fake figures; its exit status."""
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")

    def run(*arguments, skipped=(), **modules):
        return gate.main(
            arguments,
            measuring=lambda _: (modules, list(skipped)),
            floors_at=tmp_path / "floors.json",
            changelog_at=tmp_path / "CHANGELOG.md",
            page_at=tmp_path / "quality.md",
        )

    return run


def floors(tmp_path):
    return json.loads((tmp_path / "floors.json").read_text("utf-8"))


def test_gate_passes_on_the_floor_and_fails_below(ran, capsys):
    """What was pinned passes; a thousandth less fails and is named; what has no floor fails."""
    assert ran(times=measured(f1=0.8)) == 1
    assert ran("--repin", times=measured(f1=0.8)) == 0
    assert ran(times=measured(f1=0.8)) == 0
    assert ran(times=measured(f1=0.9)) == 0
    capsys.readouterr()
    assert ran(times=measured(f1=0.799)) == 1
    assert "FAIL: below its floor" in capsys.readouterr().out


def test_gate_misses_what_is_no_longer_measured(ran, capsys):
    """A figure cannot get rid of its floor by not being measured."""
    assert ran("--repin", times=measured(f1=0.8, value=0.5)) == 0
    assert ran(times=measured(f1=0.8)) == 1
    assert "no longer measured" in capsys.readouterr().out


def test_gate_sees_other_data(ran, tmp_path, capsys):
    """Other bytes under the same name, or another number of pages, are no comparison."""
    file = tmp_path / "dev.jsonl"
    file.write_text("one", encoding="utf-8")
    assert ran("--repin", times=measured(f1=0.8, data=(file,))) == 0
    assert ran(times=measured(f1=0.8, data=(file,))) == 0
    file.write_text("two", encoding="utf-8")
    assert ran(times=measured(f1=0.8, data=(file,))) == 1
    assert "digest was" in capsys.readouterr().out
    file.write_text("one", encoding="utf-8")
    more = msgspec.structs.replace(measured(f1=0.8, data=(file,)), counts={"pages": 4})
    assert ran(times=more) == 1


def test_gate_refuses_to_lower(ran, tmp_path):
    """A repin that would lower a floor changes nothing."""
    ran("--repin", times=measured(f1=0.8, value=0.5))
    before = (tmp_path / "floors.json").read_bytes()
    assert ran("--repin", times=measured(f1=0.9, value=0.4)) == 1
    assert (tmp_path / "floors.json").read_bytes() == before
    assert (tmp_path / "CHANGELOG.md").read_text("utf-8") == CHANGELOG


def test_gate_lowers_with_a_reason(ran, tmp_path):
    """A floor that is named falls, and the changelog says from what to what and why, under what is unreleased."""
    ran("--repin", times=measured(f1=0.8, value=0.5))
    asked = ("--repin", "--lower", "times: value", "--because", "the corpus was corrected")
    assert ran(*asked, times=measured(f1=0.9, value=0.4)) == 0
    assert floors(tmp_path)["times"]["floors"] == {"f1": 0.9, "value": 0.4}
    text = (tmp_path / "CHANGELOG.md").read_text("utf-8")
    line = "- Quality floor `times: value` from 0.5 to 0.4: the corpus was corrected\n"
    assert text.index("## Unreleased") < text.index(line) < text.index("## 0.1")
    assert text.replace(f"\n### Changed\n{line}", "", 1) == CHANGELOG
    again = gate.note(
        text, {"t": gate.Pinned(floors={"f": 1.0})}, {"t": gate.Pinned()}, lower=["t: f"], because="B"
    )
    assert again.count("### Changed") == text.count("### Changed")
    assert again.index("`t: f` dropped: B") < again.index(line)


def test_gate_drops_a_figure_only_by_name(ran, tmp_path):
    """A figure no longer measured leaves the floors only as a lowering, with a reason."""
    ran("--repin", times=measured(f1=0.8, value=0.5))
    assert ran("--repin", times=measured(f1=0.8)) == 1
    asked = ("--repin", "--lower", "times: value", "--because", "replaced")
    assert ran(*asked, times=measured(f1=0.8)) == 0
    assert floors(tmp_path)["times"]["floors"] == {"f1": 0.8}
    assert "dropped: replaced" in (tmp_path / "CHANGELOG.md").read_text("utf-8")


def test_gate_refuses_leave_that_is_not_needed(ran):
    """Leave to lower what does not fall is a slip, and refused; leave without a reason is no leave."""
    ran("--repin", times=measured(f1=0.8))
    asked = ("--repin", "--lower", "times: f1", "--because", "why not")
    assert ran(*asked, times=measured(f1=0.9)) == 1
    with pytest.raises(SystemExit):
        ran("--repin", "--lower", "times: f1", times=measured(f1=0.7))
    with pytest.raises(SystemExit):
        ran("--lower", "times: f1", "--because", "without repin", times=measured(f1=0.7))


def test_gate_leaves_other_modules_alone(ran, tmp_path):
    """A repin of some modules keeps the floors of the rest."""
    ran("--repin", times=measured(f1=0.8), places=measured(f1=0.7))
    ran("--repin", "--only", "times", times=measured(f1=0.9))
    assert floors(tmp_path)["places"]["floors"] == {"f1": 0.7}
    assert floors(tmp_path)["times"]["floors"] == {"f1": 0.9}


def test_gate_skips_what_has_no_data(monkeypatch, capsys):
    """A module whose data is not beside the checkout is skipped aloud; any other missing file is an error."""

    class Module:
        missing = "/somewhere/shared/data/x.jsonl.gz"

        @classmethod
        def gauge(cls):
            raise FileNotFoundError(2, "No such file or directory", cls.missing)

    monkeypatch.setattr(gate.importlib, "import_module", lambda _: Module)
    assert gate.measure(["times"]) == ({}, ["times"])
    assert "times: skipped" in capsys.readouterr().out
    Module.missing = "/somewhere/else/x.jsonl"
    with pytest.raises(FileNotFoundError):
        gate.measure(["times"])


def test_gate_writes_the_page_only_when_all_was_measured(ran, tmp_path):
    """The page tells of every module with its rivals; a run of some modules leaves it as it is."""
    ran("--repin", times=measured(f1=0.8))
    assert not (tmp_path / "quality.md").exists()
    everything = {name: measured(f1=0.8123, rivals={"the rival": {"f1": 0.25}}) for name in gate.BENCHES}
    ran("--repin", skipped=["times"], **everything)
    assert not (tmp_path / "quality.md").exists()
    ran("--repin", **everything)
    text = (tmp_path / "quality.md").read_text("utf-8")
    assert all(f"## {name}\n" in text for name in gate.BENCHES)
    assert "| f1 | 0.812 | 0.812 | 0.250 |" in text


@given(st.floats(0, 1), st.floats(0, 1))
def test_gate_rounding_never_asks_for_more_than_was_reached(value, other):
    """A floor is at most the value and at most a thousandth below it; a higher value never has a lower floor."""
    floor = gate.floor_of(value)
    assert floor - 1e-6 <= value < floor + 0.001 + 1e-6
    assert (value <= other) <= (floor <= gate.floor_of(other))


def test_gate_pins_what_is_committed():
    """Every module that the gate knows has floors, data and counts in the file that is committed."""
    pinned = gate.load(gate.FLOORS)
    # The gold's held-out half is pinned too, and scored by its own target alone.
    assert sorted(pinned) == sorted([*gate.BENCHES, look.MODULE])
    assert all(p.floors and p.counts and p.data for p in pinned.values())
