"""What a sentence can be found to be."""

from typing import Literal, get_args

Code = Literal[
    "blame", "conditional-apology", "excuse", "hurtful", "argue", "command", "stiff", "chummy",
    "lazy", "vague", "overpromise", "admits-liability", "faceless",
]  # fmt: skip

SENTENCE_CODES: tuple[str, ...] = get_args(Code)
CLEAN = "clean"
