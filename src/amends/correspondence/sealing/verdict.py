"""What is said of a sealed file. Apart from the looking, which takes libraries that are slow to load."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Unreadable(Exception):
    """No PDF, or one so damaged that nothing can be said about it."""


class Fault(StrEnum):
    """Why a file is not valid."""

    NO_SEAL = "no_seal"
    ALTERED = "altered"
    ADDED_TO = "added_to"
    FALSE_SEAL = "false_seal"
    FALSE_TIME_STAMP = "false_time_stamp"
    OTHER_TEXT = "other_text"
    NOT_OURS = "not_ours"


class Trust(StrEnum):
    """Whose certificate it is: this house's, the one that was named, a known authority's, or anybody's."""

    OURS = "ours"
    NAMED = "named"
    KNOWN = "known"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """What was found. ``valid``: the seal is whole and covers every byte; whose it is stands in ``trust``.

    Where a house has sealed before, or a fingerprint was named, anybody else's seal is a fault as well.

    ``at`` is the time that the sealer says, ``stamped_at`` that of the time-stamp authority
    ``stamped_by``. ``text_sha256`` is the digest of the text that lies in the file, ``evidence`` what the
    evidence page says.
    """

    faults: tuple[Fault, ...]
    by: str = ""
    fingerprint: str = ""
    trust: Trust = Trust.UNKNOWN
    at: datetime | None = None
    stamped_at: datetime | None = None
    stamped_by: str = ""
    text_sha256: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.faults

    @property
    def whole_faults(self) -> tuple[Fault, ...]:
        """What is wrong with the file itself, whoever sealed it."""
        return tuple(fault for fault in self.faults if fault is not Fault.NOT_OURS)
