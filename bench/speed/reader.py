"""How fast documents are read, all heads, beside the bare encoder in the same run; and what the reader costs to open and to hold.

    python -m bench.speed.reader [MODEL]   # as JSON; of another model's folder, if one is given

Documents are generated: 25 sentences of 25 words. The bare encoder is `vectors.onnx` over the same sentences, a document at once.
Two processes of one thread each, as a build has on two cores; their rates are added.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS, SENTENCES = 16, 25
PROCESSES = 2
# Each document is read and encoded turn by turn, so that other work on the machine falls on both.
ROUNDS = 3
# 25 words.
PATTERN = "The {role} of {name} {verb} on Monday that {many} had {act} the {thing} near {name} , but the {thing} stayed {act} , she said ."


def document(seed: int) -> tuple[str, list[list[tuple[int, int]]]]:
    """An invented text and, for each of its sentences, the half-open code points of its words."""
    from bench.speed import corpus  # noqa: PLC0415

    rng = random.Random(seed)
    story = corpus.Story(rng)
    parts = {"role": corpus.ROLES, "verb": corpus.VERBS, "many": corpus.PLURALS, "act": corpus.ACTS}
    parts |= {"thing": corpus.NOUNS, "name": [*story.places, *(last for _, last, _ in story.people)]}
    text, sentences = "", []
    for _ in range(SENTENCES):
        words = []
        for slot in PATTERN.split():
            word = rng.choice(parts[slot[1:-1]]).split()[-1] if slot[0] == "{" else slot
            words.append((len(text), len(text) + len(word)))
            text += word + " "
        sentences.append(words)
    return text, sentences


def _opened(folder: str):  # noqa: ANN202
    from variorum.models.sessions import FOLDER, open_model  # noqa: PLC0415
    from variorum.models.shipped import Shipped  # noqa: PLC0415

    model = open_model(Path(folder) if folder else FOLDER)
    return model, Shipped(model)


def load(folder: str) -> dict[str, float]:
    """Seconds from nothing imported to the first sentence read, and megabytes after `DOCUMENTS` documents."""
    text, sentences = document(0)
    begin = time.perf_counter()
    _, reader = _opened(folder)
    reader.read(text, sentences[:1])
    seconds = time.perf_counter() - begin
    for seed in range(DOCUMENTS):
        reader.read(*document(seed))
    return {"seconds": seconds, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def rates(folder: str) -> dict[str, float]:
    """Sentences a second, read and merely encoded."""
    import numpy as np  # noqa: PLC0415

    from variorum.models.windows import pad  # noqa: PLC0415

    model, reader = _opened(folder)
    spent = {"read": 0.0, "bare encoder": 0.0}
    for turn in range(-1, ROUNDS * DOCUMENTS):
        text, sentences = document(turn % DOCUMENTS)
        ids = [model.pieces.running(text[s[0][0] : s[-1][1]], 128) for s in sentences]
        rows = pad(ids, max(map(len, ids)), 0)
        begin = time.perf_counter()
        reader.read(text, sentences)
        between = time.perf_counter()
        model.runner.vectors(rows, (rows > 0).astype(np.int64))
        # The first turn opens the files.
        if turn >= 0:
            spent["read"] += between - begin
            spent["bare encoder"] += time.perf_counter() - between
    return {name: ROUNDS * DOCUMENTS * SENTENCES / seconds for name, seconds in spent.items()}


JOBS = {"load": load, "rates": rates}


def _run(job: str, folder: str, processes: int) -> list[dict[str, float]]:
    command = [sys.executable, "-m", "bench.speed.reader", folder, job]
    held = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    told = [process.communicate()[0] for process in held]
    if any(process.returncode for process in held):
        raise subprocess.CalledProcessError(1, command)
    return [json.loads(lines) for lines in told]


def measure(folder: str = "") -> dict[str, float]:
    """Figures by name, each measured in fresh processes."""
    (alone,) = _run("load", folder, 1)
    both = _run("rates", folder, PROCESSES)
    found = {f"{name}, sentences/s": sum(of[name] for of in both) for name in both[0]}
    found["read, of the bare encoder"] = found["read, sentences/s"] / found["bare encoder, sentences/s"]
    return found | {"opened and first sentence read, s": alone["seconds"], "resident, MB": alone["megabytes"]}


if __name__ == "__main__":
    given = [*sys.argv[1:], "", ""]
    print(json.dumps(JOBS[given[1]](given[0]) if given[1] else measure(given[0])))
