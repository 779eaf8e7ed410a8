"""Whether a sealed file is the one that this house has on file."""

from enum import StrEnum

from amends.cases.models import Agreement
from amends.correspondence.sealing.verdict import Verdict
from amends.kit.chain import digest


class OnFile(StrEnum):
    """This very file, another one of the same text, or nothing like it."""

    THIS = "this"
    TEXT = "text"
    NO = "no"


def on_file(pdf: bytes, found: Verdict) -> OnFile:
    """What this house has on file of it, by the complaint that its evidence names."""
    rows = Agreement.objects.filter(complaint__reference=str(found.evidence.get("complaint", "")))
    if rows.filter(pdf_sha256=digest(pdf)).exists():
        return OnFile.THIS
    signed = found.text_sha256
    return OnFile.TEXT if signed and rows.filter(text_sha256=signed).exists() else OnFile.NO
