"""Train the coach's classifier on the train part of the corpus: ``python -m tools.coach_train [language …]``.

Ridge regression onto the codes, solved in the space of the sentences (a few thousand at most), so that it
takes seconds and always gives the same. Sharpness and thresholds come from sentences that were held out in
turn; the unseen part is not touched. ``--check`` tells whether the shipped models were trained on the
corpus as it is.
"""

import json
import sys
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from amends.coach.reading.language import CODES, language_of
from amends.coach.reading.sentences import Sentence, sentences
from amends.coach.reading.traits import traits_of
from amends.coach.sentences.classifier import MODEL, classifier
from amends.coach.sentences.codes import CLEAN, SENTENCE_CODES
from amends.coach.sentences.features import VERSION, features, key_of
from amends.coach.sentences.patterns import written
from tools.coach_corpus import TEXTS, Example, digest, trained_on

PACKS = Path(__file__).resolve().parent.parent / "src/amends/packs/languages"
ALL = (*SENTENCE_CODES, CLEAN)
RIDGE = 0.35
LOOSER = 1.0  # the ridge of the standard texts: polite and much alike, they must not make the coach deaf
FOLDS = 8
PRECISE = 0.93  # a threshold stands where what is raised above it is right this often, held out
NEVER = 2.0  # no probability was good enough
LOWEST = 0.30  # no threshold is lower
MOST = 24_000  # features kept: those that weigh most
SMALLEST_CORPUS = 150
Doubles = npt.NDArray[np.float64]


def features_of(text: str, code: str) -> dict[str, float]:
    """The features of a text taken as one sentence."""
    language = language_of(code)
    parts = sentences(text, language)
    tokens = tuple(token for part in parts for token in part.tokens)
    whole = Sentence(text, 0, len(text), tokens, tuple(quote for part in parts for quote in part.quotes))
    return features(whole, written(whole.tokens), traits_of(whole, language), language)


def matrix(rows: list[dict[str, float]]) -> tuple[npt.NDArray[np.uint32], Doubles]:
    """All features that occur twice or more, sorted, and the sentences as rows over them."""
    seen = Counter(key_of(name) for row in rows for name in row)
    keys = np.array(sorted(key for key, count in seen.items() if count > 1), np.uint32)
    places = {int(key): place for place, key in enumerate(keys)}
    made = np.zeros((len(rows), len(keys)))
    for number, row in enumerate(rows):
        for name, value in row.items():
            place = places.get(key_of(name))
            if place is not None:
                made[number, place] += value
    return keys, made


def solve(kernel: Doubles, wanted: Doubles, ridge: Doubles) -> tuple[Doubles, Doubles]:
    """Weights for each sentence and code, and a bias for each code. More ridge: less is learnt from it."""
    bias = wanted.mean(axis=0)
    inner: Doubles = np.linalg.solve(kernel + np.diag(ridge), wanted - bias)
    return inner, bias


def held_out(kernel: Doubles, wanted: Doubles, ridge: Doubles, fold: npt.NDArray[np.int_]) -> Doubles:
    """The score of each sentence by a classifier that did not see it."""
    scores = np.zeros_like(wanted)
    for number in range(FOLDS):
        out, kept = fold == number, fold != number
        inner, bias = solve(kernel[np.ix_(kept, kept)], wanted[kept], ridge[kept])
        scores[out] = kernel[np.ix_(out, kept)] @ inner + bias
    return scores


def probabilities(scores: Doubles, sharpness: float) -> Doubles:
    """Each row sums to one."""
    powers = np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True)))
    made: Doubles = powers / powers.sum(axis=1, keepdims=True)
    return made


def sharpest(scores: Doubles, truth: npt.NDArray[np.int_]) -> float:
    """The sharpness under which the held-out sentences are least surprising."""
    rows = np.arange(len(truth))
    tried = [0.5 * step for step in range(4, 41)]
    return min(tried, key=lambda s: -float(np.log(probabilities(scores, s)[rows, truth] + 1e-12).mean()))


def limit(ranked: list[tuple[float, bool]]) -> float:
    """The lowest probability down to which what is raised is right often enough; few cases count for less."""
    right, found = 0, NEVER
    for count, (value, is_right) in enumerate(ranked, start=1):
        right += is_right
        if is_right and (right + 0.5) / (count + 1.0) >= PRECISE - 0.35 / count:
            found = value
    return found


def thresholds(likely: Doubles, truth: npt.NDArray[np.int_]) -> dict[str, float]:
    """For each code half its own limit and half that of all codes together, which rests on more cases."""
    best = likely[:, :-1].argmax(axis=1)
    ranked = sorted(
        (
            (float(likely[row, column]), bool(truth[row] == column), int(column))
            for row, column in enumerate(best)
        ),
        reverse=True,
    )
    pooled = limit([(value, right) for value, right, _ in ranked])
    found = {}
    for column, code in enumerate(SENTENCE_CODES):
        own = limit([(value, right) for value, right, of in ranked if of == column])
        level = (min(own, 0.95) + min(pooled, 0.95)) / 2
        found[code] = round(max(level - 1e-4, LOWEST), 4)
    return found


def train(code: str, rows: list[Example]) -> bytes:
    """The model of a language as the bytes of its file."""
    keys, made = matrix([features_of(row.text, code) for row in rows])
    truth = np.array([ALL.index(row.code) for row in rows])
    wanted = np.eye(len(ALL))[truth]
    ridge = np.array([LOOSER if row.split == TEXTS else RIDGE for row in rows])
    kernel = made @ made.T
    fold = np.array([zlib.crc32(f"fold {row.text}".encode()) % FOLDS for row in rows])
    scores = held_out(kernel, wanted, ridge, fold)
    sharpness = sharpest(scores, truth)
    inner, bias = solve(kernel, wanted, ridge)
    weights = made.T @ inner
    kept = np.sort(np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:MOST])
    weights, keys = weights[kept], keys[kept]
    scale = np.abs(weights).max(axis=0) / 127
    about = {
        "features": VERSION,
        "codes": list(ALL),
        "sharpness": sharpness,
        "thresholds": thresholds(probabilities(scores, sharpness), truth),
        "corpus": digest(code),
        "sentences": len(rows),
    }
    right = float((scores.argmax(axis=1) == truth).mean())
    print(f"{code}: {len(rows)} sentences, {len(keys)} features, {right:.3f} right when held out")
    return _npz(keys=keys, weights=np.rint(weights / scale).astype(np.int8), scale=scale.astype(np.float32),
                bias=bias.astype(np.float32), about=np.array(json.dumps(about)))  # fmt: skip


def _npz(**arrays: npt.NDArray[np.generic]) -> bytes:
    """An .npz whose bytes depend on nothing but the arrays."""
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            inner = io.BytesIO()
            np.lib.format.write_array(inner, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), inner.getvalue(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def main() -> int:
    """Train, or with ``--check`` tell what is out of date (exit status 1)."""
    asked = [argument for argument in sys.argv[1:] if argument != "--check"] or CODES
    stale = 0
    for code in asked:
        rows = trained_on(code)
        if len(rows) < SMALLEST_CORPUS:
            print(f"{code}: {len(rows)} sentences are too few to train on")
            continue
        if "--check" in sys.argv:
            learnt = classifier(code)
            if learnt is None or learnt.corpus != digest(code):
                print(f"{code}: the classifier is not that of the corpus; run make coach", file=sys.stderr)
                stale = 1
            continue
        (PACKS / code / "coach" / MODEL).write_bytes(train(code, rows))
    return stale


if __name__ == "__main__":
    sys.exit(main())
