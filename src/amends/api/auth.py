"""Who is asking: a bearer token, and the member of staff it acts for."""

from dataclasses import replace
from functools import cached_property

from django.http import HttpRequest
from django.utils import translation
from ninja.security import HttpBearer

from amends.api.models import Token
from amends.api.tokens import seen, token_of
from amends.kit.clock import now
from amends.people.actors import as_actor
from amends.people.models import StaffMember
from amends.rules.capabilities import Actor, Capability


class Caller:
    """A program, acting in the name of ``staff`` with no more than ``capabilities``."""

    def __init__(self, token: Token) -> None:
        self.token = token
        self.capabilities: frozenset[Capability] = token.capabilities

    @property
    def staff(self) -> StaffMember:
        """The member of staff in whose name the program acts."""
        return self.token.staff

    @cached_property
    def actor(self) -> Actor:
        """The staff member as the rules know them, cut down to the token's scopes."""
        return replace(as_actor(self.staff), capabilities=self.capabilities)


class Request(HttpRequest):
    """A request that was let in."""

    auth: Caller


class Bearer(HttpBearer):
    """``Authorization: Bearer amends_…``. A session of the desk lets nobody in here."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller, or None for a token that is false, ended or revoked."""
        found = token_of(token.strip(), now())
        if found is None:
            return None
        seen(found, now())
        if "Accept-Language" not in request.headers:
            # The middleware puts the language back when the request ends.
            translation.activate(found.staff.language)
            request.LANGUAGE_CODE = found.staff.language
        return Caller(found)
