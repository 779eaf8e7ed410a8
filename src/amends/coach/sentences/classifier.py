"""A small linear classifier of our own, trained by ``tools/coach_train.py`` on ``corpus/coach``.

A model is one ``.npz`` file: sorted feature numbers, their weights for each code in eight bits, the
thresholds above which a code is raised, and the digest of the corpus it was trained on. Plain numpy, no
framework.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt

from amends.coach.reading.language import pack
from amends.coach.sentences.features import VERSION, key_of

MODEL = "model.npz"
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Classifier:
    """Weights for one language."""

    codes: Sequence[str]
    keys: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.int8]  # one row a feature, one column a code
    scale: Floats  # per code: what one step of the eight bits is worth
    bias: Floats
    sharpness: float  # turns scores into probabilities
    thresholds: Mapping[str, float]
    corpus: str  # the digest of the sentences it was trained on

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """How likely each code is, by the words alone."""
        rows, values = self._rows(features)
        scores = (values @ self.weights[rows].astype(np.float32)) * self.scale + self.bias
        powers = np.exp(self.sharpness * (scores - scores.max()))
        return dict(zip(self.codes, (powers / powers.sum()).tolist(), strict=True))

    def moved_by(self, features: Mapping[str, float], code: str, most: int = 3) -> list[str]:
        """The words that spoke most for a code, strongest first."""
        column = self.codes.index(code)
        words = [name for name in features if name.startswith("w:") and name[2:].isalnum()]
        weighed = []
        for word in words:
            rows, _ = self._rows({word: 1.0})
            if rows.size and self.weights[rows[0], column] > 0:
                weighed.append((int(self.weights[rows[0], column]), word[2:]))
        return [word for _, word in sorted(weighed, reverse=True)[:most]]

    def _rows(self, features: Mapping[str, float]) -> tuple[npt.NDArray[np.intp], Floats]:
        wanted = np.fromiter(map(key_of, features), np.uint32, len(features))
        values = np.fromiter(features.values(), np.float32, len(features))
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        known = self.keys[places] == wanted
        return places[known], values[known]


@cache
def classifier(code: str) -> Classifier | None:
    """The classifier of a language; None if it has none, or one that was trained on other features."""
    file = pack(code) / MODEL
    if not file.is_file():
        return None
    with np.load(BytesIO(file.read_bytes()), allow_pickle=False) as data:
        about: dict[str, Any] = json.loads(str(data["about"]))
        if about["features"] != VERSION:
            return None
        return Classifier(
            codes=about["codes"],
            keys=data["keys"],
            weights=data["weights"],
            scale=data["scale"].astype(np.float32),
            bias=data["bias"].astype(np.float32),
            sharpness=about["sharpness"],
            thresholds=about["thresholds"],
            corpus=about["corpus"],
        )
