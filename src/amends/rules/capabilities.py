"""Who may do what: capabilities, the roles that hold them, and the actor who carries them.

Pure. Roles are rows, which a house may change; the table below is what a new house starts with.
Capabilities are coarse on purpose: the fine questions (authority over a sum, not one's own plan,
not one's own conduct) are guards in ``lifecycle``, because they depend on the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from amends.rules.authority import Limits


class Capability(StrEnum):
    """What a role lets a member of staff do. Every URL of the desk names one of these."""

    READ = "read"  # see complaints
    REGISTER = "register"  # take a complaint in and sign for it
    HANDLE = "handle"  # acknowledge, investigate, decide, plan, offer, write to the customer
    CONSULT = "consult"  # answer an inquiry from a colleague
    FULFIL = "fulfil"  # carry out duties and bring their proof
    APPROVE = "approve"  # approve a plan within one's authority
    LEAD = "lead"  # hand cases to people, merge, reopen, escalate
    ADMINISTER = "administer"  # staff, departments, how much each may approve


@dataclass(frozen=True)
class RoleSpec:
    """One role of a new house: its level (0 handler … 3 executive) and its capabilities."""

    name: str
    level: int
    capabilities: frozenset[Capability]


_C = Capability
_everyone = frozenset({_C.READ, _C.CONSULT, _C.FULFIL})

ROLES: tuple[RoleSpec, ...] = (
    RoleSpec("recorder", 0, _everyone | {_C.REGISTER}),
    RoleSpec("specialist", 0, _everyone),
    RoleSpec("handler", 0, _everyone | {_C.REGISTER, _C.HANDLE}),
    RoleSpec("lead", 1, _everyone | {_C.REGISTER, _C.HANDLE, _C.APPROVE, _C.LEAD}),
    RoleSpec("head", 2, _everyone | {_C.REGISTER, _C.HANDLE, _C.APPROVE, _C.LEAD}),
    RoleSpec("executive", 3, _everyone | {_C.HANDLE, _C.APPROVE, _C.LEAD}),
    RoleSpec("administrator", 0, _everyone | {_C.REGISTER, _C.LEAD, _C.ADMINISTER}),
)

HIGHEST_LEVEL = 3


class ActorKind(StrEnum):
    """Who is acting: a member of staff, the customer (or their representative), an outside carrier, or the
    program.
    """

    STAFF = "staff"
    CUSTOMER = "customer"
    OUTSIDE = "outside"  # somebody without an account who carries out one duty, through its signed link
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Who takes a step. ``authority``: their own limits first, then those of whom they stand in for."""

    kind: ActorKind
    name: str
    id: int | None = None
    level: int = 0
    capabilities: frozenset[Capability] = frozenset()
    authority: Sequence[Limits] = ()

    def may(self, capability: Capability) -> bool:
        """Whether this actor holds the capability. The program itself holds them all."""
        return self.kind is ActorKind.SYSTEM or capability in self.capabilities


SYSTEM = Actor(ActorKind.SYSTEM, "Amends")
