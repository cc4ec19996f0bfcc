"""The trained modules: equal to the start they come from, equal after export, and able to learn. Only where torch is installed."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training's requirements alone bring it")
pytest.importorskip("onnx", reason="training's requirements alone bring it")

from training.data.form import Attribution, Mention, Name, Sentence, Span, Text, Token  # noqa: E402
from training.documents import document  # noqa: E402
from training.encoder import Encoder, load_start, start_weights  # noqa: E402
from training.export import export  # noqa: E402
from training.labels import inventory  # noqa: E402
from training.model import Reader  # noqa: E402
from training.run import TorchRunner, load, save  # noqa: E402
from training.windows import collate, cut  # noqa: E402

from training import coreference, losses, train  # noqa: E402
from variorum.models.decode import read  # noqa: E402
from variorum.models.pieces import Pieces  # noqa: E402
from variorum.models.sessions import Sessions  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")

FORMS = "Vela Toru , who leads Ostrel , said she would stay .".split()
ABOVE = [8, 1, 5, 5, 1, 5, 5, 0, 11, 11, 8, 8]
TEXT = " ".join(FORMS)


def _text():
    starts = [TEXT.index(FORMS[0])]
    for a, b in pairwise(FORMS):
        starts.append(TEXT.index(b, starts[-1] + len(a)))
    tokens = tuple(
        Token(s, s + len(f), "PUNCT" if f in ",." else "NOUN", f, h - 1, "dep" if h else "root")
        for s, f, h in zip(starts, FORMS, ABOVE, strict=False)
    )
    said, she = TEXT.index("said"), TEXT.index("she")
    return Text(
        id="t", corpus="made", split="train", licence="CC0", genre="news", text=TEXT,
        sentences=(Sentence(0, len(TEXT), tokens),),
        layers=frozenset({"syntax", "names", "mentions", "heads", "chains", "statements"}),
        names=(Name(0, 9, "person"),), kinds=frozenset({"person", "place"}),
        mentions=(Mention(0, 9, 0, 4, "c", "person"), Mention(she, she + 3, she, she + 3, "c", "person")),
        statements=(Attribution((Span(0, 9),), (Span(said, said + 4),), (Span(she, len(TEXT) - 2),), how="said"),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def pieces():
    """The pieces of the start weights."""
    try:
        return Pieces(start_weights() / "tokenizer.json")
    except FileNotFoundError as error:
        pytest.skip(str(error))


def test_the_encoder_gives_the_reference_vectors(pieces):
    """With the start weights states are those that transformers' BertModel gives (its figures, 4.8 layout, float32)."""
    coded = pieces.encode("The minister did n't say what Zwolle 's council will do .".split())
    ids = torch.tensor([coded.ids])
    with torch.inference_mode():
        states = load_start(start_weights()).eval()(ids, torch.tensor([coded.shapes]), torch.ones_like(ids))[
            0
        ]
    wanted = [
        [-0.191815, 0.659647, -0.149951, 0.289398],
        [-0.204166, 0.678726, -0.079838, 0.203069],
        [0.195210, 0.923180, -0.133081, 0.333041],
    ]
    assert states[[0, 5, -1], :4].tolist() == pytest.approx(np.array(wanted), abs=2e-5)


def test_padding_changes_no_state():
    """States of a window are the same alone and beside a longer one."""
    torch.manual_seed(1)
    encoder = Encoder().eval()
    ids = torch.randint(5, 200, (1, 7))
    long = torch.cat([ids, torch.zeros(1, 5, dtype=torch.long)], 1)
    shapes, mask = torch.zeros_like(long), (torch.arange(12) < 7).long()[None]
    with torch.inference_mode():
        alone, padded = encoder(ids, shapes[:, :7], mask[:, :7]), encoder(long, shapes, mask)
    assert torch.allclose(alone, padded[:, :7], atol=1e-5)


def test_the_antecedent_loss_is_the_likelihood_of_right_antecedents():
    """By hand: three mentions, the third with two candidates; "none" has score 0 and is right for the first of a chain."""
    left, right = np.array([0, 0, 1]), np.array([1, 2, 2])
    scores = torch.tensor([0.3, -1.0, 2.0])
    found = coreference.antecedent_loss(scores, left, right, np.array([4, -1, 4]))
    e = np.exp
    wanted = -(np.log(1.0) + np.log(1 / (1 + e(0.3))) + np.log(e(-1.0) / (1 + e(-1.0) + e(2.0)))) / 3
    assert float(found) == pytest.approx(wanted, abs=1e-5)


def test_every_layer_has_a_loss_that_falls(pieces):
    """On one text all losses that its layers ask for are there, finite, and smaller in sum after some steps."""
    torch.manual_seed(2)
    text = _text()
    labels = inventory([text])
    reader, scorer = Reader(labels, load_start(start_weights())).train(), coreference.Scorer().train()
    batch = collate(cut(document(text, labels), pieces), pieces)
    optimiser = torch.optim.AdamW([*reader.parameters(), *scorer.parameters()], lr=3e-4)
    sums = []
    for _ in range(8):
        found = losses.losses(reader, scorer, batch)
        assert set(found) == set(losses.WEIGHTS)
        whole = losses.total(found)
        whole.backward()
        optimiser.step()
        optimiser.zero_grad()
        sums.append(float(whole.detach()))
    assert np.isfinite(sums).all()
    assert sums[-1] < 0.7 * sums[0]


def test_the_exported_model_reads_as_the_trained_one(pieces, tmp_path):
    """After export the runtime gives torch's scores at lengths that the export never saw, and the same reading; int8 files are smaller."""
    torch.manual_seed(3)
    text = _text()
    labels = inventory([text])
    save(tmp_path / "weights", Reader(labels, load_start(start_weights())), coreference.Scorer(), labels)
    reader, scorer, held = load(tmp_path / "weights")
    assert held == labels
    sizes = export(tmp_path / "weights", tmp_path / "model", [text])
    assert sum(sizes.values()) < 42e6
    assert (tmp_path / "model" / "vectors.onnx").is_file()
    whole = document(text, labels)
    runners = TorchRunner(reader, scorer), Sessions(tmp_path / "model" / "float", 1)
    for limit in (6, 9, 200):
        batch = collate(cut(whole, pieces, limit), pieces)
        given = {k: batch.inputs[k] for k in ("ids", "shapes", "mask", "first")}
        one, other = (runner.read(given) for runner in runners)
        assert set(one) == set(other)
        for name, values in one.items():
            assert np.allclose(values, other[name], atol=2e-3), name
    first, second = (read(whole, runner, pieces, labels) for runner in runners)
    assert first.upos.tolist() == second.upos.tolist()
    assert first.arc.tolist() == second.arc.tolist()
    assert first.mentions.tolist() == second.mentions.tolist()


def test_the_rate_of_learning_ends_at_nothing_and_begins_at_the_first_step(pieces, tmp_path):
    """Up, then down to 0 at the plan's end; the clock stands while the texts are made ready, and ends the plan as the steps do."""
    shares = [train.rate(p, 0.06) for p in (0.0, 0.03, 0.06, 0.53, 1.0, 1.2)]
    assert shares == pytest.approx([0.0, 0.5, 1.0, 0.5, 0.0, 0.0])
    trainer = train.Trainer([_text()], [], train.Plan(minutes=10.0, threads=1), tmp_path)
    trainer.began -= 300.0
    assert trainer._progress(0) < 0.01
    trainer.started -= 300.0
    assert trainer._progress(0) == pytest.approx(0.5, abs=0.05)


def test_a_stopped_run_goes_on(pieces, tmp_path):
    """A run resumed behind an epoch has its weights, moments and place in the plan; at the plan's end nothing is left to resume."""
    plan = train.Plan(epochs=3.0, minutes=30.0, threads=1, batch=64)
    first = train.Trainer([_text()], [], plan, tmp_path)
    assert not first.resume()
    first.steps_an_epoch, first.steps = 2, 6
    first._keep(4)
    second = train.Trainer([_text()], [], plan, tmp_path)
    second.steps_an_epoch, second.steps = 2, 6
    assert second.resume()
    assert second.done == 4
    assert second.reached == pytest.approx(4 / 6, abs=0.01)
    for one, other in zip(first.reader.parameters(), second.reader.parameters(), strict=True):
        assert torch.equal(one, other)
    second.run()
    rows = (tmp_path / "log.jsonl").read_text("utf-8").splitlines()
    assert len(rows) == 1
    assert '"step":6' in rows[0]
    assert not (tmp_path / train.STATE).exists()
    assert (tmp_path / "weights.safetensors").is_file()


def test_a_window_is_told_of_once_in_a_stretch(pieces):
    """Copies of a window in one batch are no antecedents of one another."""
    text = _text()
    held = cut(document(text, inventory([text])), pieces)
    assert losses._groups([*held, *held]) == [[0]]


def test_the_same_seed_gives_the_same_weights(pieces, tmp_path):
    """Two runs whose steps end before the clock have equal weights, bit by bit; another seed has others."""
    made = []
    for name, seed in (("one", 3), ("two", 3), ("three", 4)):
        plan = train.Plan(epochs=1.0, minutes=1e6, threads=1, batch=64, seed=seed)
        trainer = train.Trainer([_text()], [], plan, tmp_path / name)
        trainer.steps = 2
        trainer.run()
        made.append((tmp_path / name / "weights.safetensors").read_bytes())
    assert made[0] == made[1] != made[2]
