"""What is known of one signature: all that an agreement's PDF says, gathered before it is set."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from amends.correspondence.letters.case_file import House
from amends.kit.chain import digest
from amends.people.masking import masked


@dataclass(frozen=True)
class FileOnCase:
    """A file on the case, by its name and its SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Signed:
    """One agreement. ``text`` is what both sides saw, to the byte; times are aware.

    ``drawing`` is the path of a drawn signature (SVG path data) or empty. ``code_sent_to`` is empty where
    it was signed on paper, ``scan`` is None where it was not; ``dated`` is the day on the paper. ``event``
    and ``chain`` say where it stands in the complaint's chain. ``sealed_with`` and ``fingerprint`` name the
    certificate.
    """

    reference: str
    language: str
    house: House
    customer: str
    customer_address: tuple[str, ...] = ()
    text: str
    name: str
    at: datetime
    representative: bool = False
    authority: FileOnCase | None = None
    drawing: str = ""
    code_sent_to: str = ""
    code_sent_at: datetime | None = None
    code_used_at: datetime | None = None
    scan: FileOnCase | None = None
    dated: date | None = None
    brought_by: str = ""
    brought_at: datetime | None = None
    checked_by: str = ""
    round: int
    plan_version: int
    offered_by: str
    offered_at: datetime
    event: int
    chain: str
    sealed_with: str
    fingerprint: str
    self_made: bool
    stamped: bool = False

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the text, as UTF-8."""
        return digest(self.text)

    def evidence(self) -> dict[str, Any]:
        """The evidence for programs, as it lies in the PDF; an e-mail address is masked in it too."""
        files = {"authority": self.authority, "scan": self.scan}
        return {
            "complaint": self.reference,
            "language": self.language,
            "text_sha256": self.text_sha256,
            "round": self.round,
            "plan_version": self.plan_version,
            "offered_by": self.offered_by,
            "offered_at": _iso(self.offered_at),
            "signed_by": self.name,
            "signed_as": "representative" if self.representative else "customer",
            "agreed_at": _iso(self.at),
            "means": "code" if self.code_sent_to else "paper",
            "drawn": bool(self.drawing),
            "code_sent_to": masked(self.code_sent_to),
            "code_sent_at": _iso(self.code_sent_at),
            "code_used_at": _iso(self.code_used_at),
            "dated": self.dated.isoformat() if self.dated else "",
            "brought_by": self.brought_by,
            "brought_at": _iso(self.brought_at),
            "checked_by": self.checked_by,
            **{f"{name}_sha256": file.sha256 if file else "" for name, file in files.items()},
            "event": self.event,
            "chain": self.chain,
            "certificate_sha256": self.fingerprint,
        }


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
