"""Which texts may shape weights that ship: those whose licence is known and binds nobody to non-commercial use.

Fine-tuned weights are a work made from the texts. Non-commercial (NC), no-derivatives (ND) and GPL licences serve for measuring only;
so does what has no licence that we know. Licences of texts count one by one: GUM as a package is CC BY-NC-SA, its news is CC BY.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.data.form import Text

# Each part of a licence must be one of these from its beginning to its end; versions and countries aside.
_OPEN = re.compile(
    r"(?:CC0|CC BY(?:-SA)?|MIT|Apache-2\.0|BSD|OGL|public domain|reuse allowed with acknowledgement)"
    r"(?: \d(?:\.\d)?)?(?: [A-Z]{2})?(?: ?\([^()]*\))?",
    re.IGNORECASE,
)
_BINDING = {
    "non-commercial": re.compile(r"\bNC\b|non-?commercial", re.IGNORECASE),
    "no derivatives": re.compile(r"\bND\b|no-?deriv", re.IGNORECASE),
    "GPL": re.compile(r"GPL"),
}


def why_not(licence: str) -> str:
    """Why texts under a licence may not be trained on; empty if they may.

    Args:
        licence: As the corpus tells it; several that hold together (annotation, text) with `;` between them.
    """
    for name, pattern in _BINDING.items():
        if pattern.search(licence):
            return f"{name}: measuring only"
    parts = [part.strip() for part in licence.split(";")]
    unknown = [part for part in parts if not _OPEN.fullmatch(part)]
    return f"no licence that we know ({unknown[0] or 'none told'}): measuring only" if unknown else ""


def may_train(text: Text) -> bool:
    """Whether the weights that ship may be trained on a text."""
    return text.split == "train" and not why_not(text.licence)
