"""The figures by which the gold is told: one name and one number a line, from the measures of every layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from variorum.measure import score_layers

if TYPE_CHECKING:
    from bench.gold.crises import Tables

# Layer, what the figure is called, and where it stands among the layer's measures. Higher is better in all of them.
_WANTED: tuple[tuple[str, str, str], ...] = (
    ("mentions", "mentions: spans exact F1", "spans.exact.f1"),
    ("mentions", "mentions: spans and kinds F1", "value.f1"),
    ("chains", "chains: B-cubed F1", "b_cubed.f1"),
    ("times", "times: spans overlap F1", "spans.overlap_0.3.f1"),
    ("times", "times: spans and values F1", "value.f1"),
    ("figures", "figures: spans overlap F1", "spans.overlap_0.3.f1"),
    ("figures", "figures: spans and values F1", "value.f1"),
    ("figures", "figures: what is counted, accuracy", "accuracy.counts"),
    ("figures", "figures: quantity, accuracy", "accuracy.quantity"),
    ("places", "places: spans overlap F1", "spans.overlap_0.3.f1"),
    ("places", "places: spans resolved F1", "value.f1"),
    ("statements", "statements: content overlap F1", "content.overlap_0.3.f1"),
    ("statements", "statements: content exact F1", "content.exact.f1"),
    ("statements", "statements: whole exact F1", "whole.f1"),
    ("statements", "statements: cue overlap F1", "cue.overlap_0.3.f1"),
    ("statements", "statements: speaker given content, accuracy", "speaker.right"),
    ("statements", "statements: content and speaker F1", "attribution_0.3.f1"),
    ("statements", "statements: manner, accuracy", "accuracy.manner"),
    ("statements", "statements: act, accuracy", "accuracy.act"),
    ("events", "events: triggers overlap F1", "spans.overlap_0.3.f1"),
    ("events", "events: triggers, actions and status F1", "value.f1"),
    ("passages", "passages: F1", "overlap_0.3.f1"),
    ("passages", "passages: precision", "overlap_0.3.precision"),
    ("passages", "passages: recall", "overlap_0.3.recall"),
    ("passages", "passages: copies F1", "by_kind.copy.f1"),
    ("passages", "passages: who was first right, of those found", "first.right"),
    ("origins", "origins: B-cubed F1", "b_cubed.f1"),
    ("stories", "stories: B-cubed F1", "b_cubed.f1"),
    ("episodes", "episodes: B-cubed F1", "b_cubed.f1"),
    ("actors", "actors: B-cubed F1", "b_cubed.f1"),
    ("utterances", "utterances: pairs F1", "overlap_0.3.f1"),
    ("utterances", "utterances: kind of link, accuracy", "kind.right"),
    ("claims", "claims: pairs F1", "overlap_0.3.f1"),
    ("conflicts", "conflicts: F1", "parted.f1"),
    ("conflicts", "conflicts: precision", "parted.precision"),
    ("conflicts", "conflicts: recall", "parted.recall"),
    ("conflicts", "conflicts: near-misses named as such", "near_misses.right"),
    ("denials", "denials: F1", "overlap_0.3.f1"),
    ("silences", "silences: F1", "overlap_0.3.f1"),
    ("happenings", "happenings: pairs F1", "overlap_0.3.f1"),
    ("naming", "naming: spans overlap F1", "spans.overlap_0.3.f1"),
    ("naming", "naming: spans and voice F1", "value.f1"),
)


def figures(gold: Tables, system: Tables) -> dict[str, float]:
    """Every figure of every layer that the gold has; 0 where a measure does not arise for want of rows."""
    scores = score_layers(gold, system)
    return {name: _at(scores[layer], path) for layer, name, path in _WANTED if layer in scores}


def _at(scores: Any, path: str) -> float:
    """A number deep in nested measures; keys may hold dots themselves (`overlap_0.3`)."""
    for key in path.replace("_0.3", "_0,3").split("."):
        scores = scores.get(key.replace(",", "."), {}) if isinstance(scores, dict) else {}
    return float(scores) if isinstance(scores, int | float) else 0.0
