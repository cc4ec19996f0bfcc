"""THE list of stages, in order: the only place where stages are registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.clean import STAGE as CLEAN
from variorum.compare.actors import ACTORS, NAME_KEYS, SAME_ENTITY
from variorum.compare.denials import STAGE as DENIALS
from variorum.compare.edition import STAGE as EDITION
from variorum.compare.figures import STAGE as CONFLICTS
from variorum.compare.naming import STAGE as NAMING
from variorum.compare.timeline import STAGE as TIMELINE
from variorum.compare.utterances import STAGE as UTTERANCES
from variorum.errors import InputError
from variorum.records import TABLES
from variorum.reuse.fingerprints import FINGERPRINTS, SEEDS
from variorum.reuse.origins import ORIGINS
from variorum.reuse.passages import PASSAGES
from variorum.reuse.revisions import CAPTURES, REVISIONS
from variorum.stage import GIVEN, check_chain
from variorum.stories.candidates import CANDIDATES, TERMS
from variorum.stories.cluster import SAME_STORY, STORIES
from variorum.stories.episodes import STAGE as EPISODES
from variorum.tag.figures import STAGE as FIGURES
from variorum.tag.mentions import STAGE as MENTIONS
from variorum.tag.places import STAGE as PLACES
from variorum.tag.reading import STAGE as READER
from variorum.tag.sentences import STAGE as SENTENCES
from variorum.tag.statements import STAGE as STATEMENTS
from variorum.tag.times import STAGE as TIMES

if TYPE_CHECKING:
    from variorum.stage import Stage

# Document stages (fused: one worker reads a page once), then those that look across documents.
STAGES: tuple[Stage, ...] = (
    CLEAN,
    FINGERPRINTS,
    CAPTURES,
    SENTENCES,
    READER,
    MENTIONS,
    TIMES,
    PLACES,
    STATEMENTS,
    FIGURES,
    TERMS,
    NAME_KEYS,
    SEEDS,
    PASSAGES,
    REVISIONS,
    ORIGINS,
    CANDIDATES,
    SAME_STORY,
    STORIES,
    EPISODES,
    SAME_ENTITY,
    ACTORS,
    UTTERANCES,
    DENIALS,
    CONFLICTS,
    TIMELINE,
    NAMING,
    EDITION,
)

# Names that users know for a stretch of the pipeline, and the last stage of each.
STRETCHES = {"clean": "clean", "tag": "name_keys", "reuse": "origins", "stories": "episodes"}


def stages(*, until: str = "") -> tuple[Stage, ...]:
    """The stages to run, checked to fit together.

    Args:
        until: Name of the last stage, or of a stretch (`clean`, `tag`, `reuse`, `stories`); empty for all.

    Raises:
        InputError: If there is no such stage.
        StageError: If the stages do not fit together.
    """
    check_chain(STAGES)
    if not until:
        return STAGES
    names = [s.name for s in STAGES]
    last = STRETCHES.get(until, until)
    if last not in names:
        raise InputError(
            f"there is no stage called {until!r}",
            f"stages are {', '.join(dict.fromkeys((*STRETCHES, *names)))}",
        )
    return STAGES[: names.index(last) + 1]


def notes(*, until: str = "") -> dict[str, str]:
    """Why tables are empty after a build up to `until`: by table, in words."""
    run = {name for stage in stages(until=until) for name in stage.makes} | GIVEN
    ever = {name for stage in STAGES for name in stage.makes} | GIVEN
    return {
        name: "no stage makes this table yet"
        if name not in ever
        else f"the build stopped before it (--until {until})"
        for name, spec in sorted(TABLES.items())
        if spec.kept and name not in run
    }
