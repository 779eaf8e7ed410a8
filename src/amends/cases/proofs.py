"""What counts as the proof of a duty, by its kind."""

from amends.cases.choices import ProofKind
from amends.cases.models import Document

PICTURES = "image/"


def fits(kind: str, proof: str, document: Document | None) -> bool:
    """Whether this shows that the duty was done: a payment and a parcel by a number that can be looked up, a
    photo by a picture, the rest by words.
    """
    if kind in (ProofKind.PAYMENT, ProofKind.DISPATCH):
        return has_number(proof)
    if kind == ProofKind.PHOTO:
        return document is not None and document.media_type.startswith(PICTURES)
    return True


def has_number(proof: str) -> bool:
    """Whether there is a number in it that somebody could look up."""
    return any(letter.isdigit() for letter in proof)
