"""How long the coach takes over a draft of 200 words, warm."""

import statistics
import time

from amends.coach.draft import coach
from tools.coach_corpus import examples

WORDS = 200
ROUNDS = 40


def draft_of(language: str) -> str:
    """A draft of 200 words put together from the corpus (Chinese: of 300 characters)."""
    most, made = 300 if language == "zh-hans" else WORDS, ""
    for one in examples(language, "train")[::7]:
        made += one.text + ("" if language == "zh-hans" else " ")
        if (len(made) if language == "zh-hans" else len(made.split())) >= most:
            break
    return made


def speed(language: str) -> str:
    """The middle and the slowest of forty readings."""
    draft = draft_of(language)
    coach(draft, language=language, reader="en")
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        coach(draft, language=language, reader="en")
        times.append((time.perf_counter() - start) * 1000)
    return f"{WORDS} words: {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms"
