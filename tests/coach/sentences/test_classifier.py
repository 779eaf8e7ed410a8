"""The classifiers that are shipped: small, of today's features, trained on the corpus as it is."""

import pytest

from amends.coach.reading.language import CODES, pack
from amends.coach.sentences.classifier import MODEL, classifier
from amends.coach.sentences.codes import CLEAN, SENTENCE_CODES
from tools.coach_corpus import digest, examples, split_of, trained_on
from tools.coach_train import SMALLEST_CORPUS, features_of, train

LARGEST = 400_000  # bytes


@pytest.mark.parametrize("code", CODES)
def test_the_shipped_classifier_is_that_of_the_corpus(code: str) -> None:
    if len(trained_on(code)) < SMALLEST_CORPUS:
        assert not (pack(code) / MODEL).is_file()
        return
    learnt = classifier(code)
    assert learnt is not None
    assert learnt.corpus == digest(code)
    assert len((pack(code) / MODEL).read_bytes()) <= LARGEST
    assert tuple(learnt.codes) == (*SENTENCE_CODES, CLEAN)


def test_training_twice_gives_the_same_file() -> None:
    rows = examples("en", "train")[:200]
    assert train("en", rows) == train("en", rows)


def test_the_unseen_third_is_not_trained_on() -> None:
    for code in CODES:
        unseen = {one.text for one in examples(code, "unseen")}
        assert not unseen & {one.text for one in trained_on(code)}
        assert all(split_of(text) == "unseen" for text in unseen)


def test_probabilities_sum_to_one_and_the_words_that_moved_are_words_of_the_sentence() -> None:
    learnt = classifier("en")
    assert learnt is not None
    text = "We accept full legal liability for the accident."
    seen = features_of(text, "en")
    likely = learnt.probabilities(seen)
    assert sum(likely.values()) == pytest.approx(1, abs=1e-5)
    assert max(likely, key=lambda code: likely[code]) == "admits-liability"
    moved = learnt.moved_by(seen, "admits-liability")
    assert 0 < len(moved) <= 3
    assert set(moved) <= set(text.lower().rstrip(".").split())
