"""Making, finding and ending bearer tokens."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q

from amends.api.models import Token
from amends.kit.chain import digest
from amends.people.models import StaffMember
from amends.rules.capabilities import Capability

PREFIX = "amends_"  # so that a secret left lying in a text is recognised as one
SEEN_EVERY = timedelta(minutes=1)


def issue(
    staff: StaffMember,
    *,
    name: str,
    scopes: Collection[Capability],
    at: datetime,
    expires_at: datetime | None = None,
) -> tuple[Token, str]:
    """A new token, and its secret, which is shown this once and kept nowhere.

    Raises ValueError for a scope that the member of staff does not have themselves.
    """
    if beyond := sorted(set(scopes) - staff.capabilities):
        raise ValueError(", ".join(beyond))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        staff=staff,
        name=name,
        scopes=sorted(scopes),
        secret_sha256=digest(secret),
        created_at=at,
        expires_at=expires_at,
    )
    return token, secret


def token_of(secret: str, at: datetime) -> Token | None:
    """The token that a secret opens, in one indexed query; None for a false, ended or revoked one."""
    rows = Token.objects.select_related("staff__role", "staff__department")
    token = rows.filter(secret_sha256=digest(secret)).first()
    return token if token is not None and token.works(at) else None


def seen(token: Token, at: datetime) -> None:
    """Remember when the token was last used, to the minute: not every request is worth a write."""
    if token.last_used_at is None or token.last_used_at <= at - SEEN_EVERY:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - SEEN_EVERY)
        Token.objects.filter(stale, pk=token.pk).update(last_used_at=at)


def revoke(token: Token, *, at: datetime) -> None:
    """End a token for good. A second time changes nothing."""
    Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at)
