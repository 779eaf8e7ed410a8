"""Tokens: made once, never more than their person, ended for good."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from amends.api.models import Token
from amends.api.tokens import issue, revoke, seen, token_of
from amends.kit.clock import set_to
from amends.people.models import Role
from amends.rules.capabilities import Capability
from tests.api.conftest import Program
from tests.conftest import MONDAY, House

READ, HANDLE, APPROVE = Capability.READ, Capability.HANDLE, Capability.APPROVE


def test_the_secret_is_kept_nowhere(house: House) -> None:
    token, secret = issue(house.handler, name="shop", scopes={READ}, at=MONDAY)
    assert secret not in str(Token.objects.values().get())
    assert token_of(secret, MONDAY) == token
    assert token_of(secret + "x", MONDAY) is None


def test_no_token_goes_beyond_its_person(house: House) -> None:
    with pytest.raises(ValueError, match="approve"):
        issue(house.handler, name="shop", scopes={READ, APPROVE}, at=MONDAY)
    assert Token.objects.count() == 0
    token, _secret = issue(house.lead, name="shop", scopes={READ, APPROVE}, at=MONDAY)
    house.lead.role = Role.objects.get(name="specialist")
    house.lead.save()
    assert Token.objects.get(pk=token.pk).capabilities == {READ}


def test_an_ended_token_lets_nobody_in(house: House) -> None:
    end = MONDAY + timedelta(days=1)
    token, secret = issue(house.handler, name="shop", scopes={READ}, at=MONDAY, expires_at=end)
    assert token_of(secret, end - timedelta(seconds=1)) is not None
    assert token_of(secret, end) is None
    revoke(token, at=MONDAY)
    assert token_of(secret, MONDAY) is None
    _other, secret = issue(house.handler, name="shop", scopes={READ}, at=MONDAY)
    house.handler.is_active = False
    house.handler.save()
    assert token_of(secret, MONDAY) is None


def test_last_use_is_written_once_a_minute(house: House) -> None:
    token, _secret = issue(house.handler, name="shop", scopes={READ}, at=MONDAY)
    for seconds, expected in ((0, 0), (59, 0), (60, 60)):
        seen(Token.objects.get(), MONDAY + timedelta(seconds=seconds))
        assert Token.objects.get().last_used_at == MONDAY + timedelta(seconds=expected)
    assert token.last_used_at is None


def test_the_command_makes_lists_and_revokes(house: House) -> None:
    out = StringIO()
    with set_to(MONDAY):
        made = ("token", "create", "--staff", "HANNA.handler@house.example", "--name", "shop")
        call_command(*made, "--scopes", "read,register", stdout=out, stderr=StringIO())
    secret, token = out.getvalue().strip(), Token.objects.get()
    assert token.scopes == ["read", "register"]
    assert Program(secret).get("/complaints").status_code == 200
    call_command("token", "list", stdout=(out := StringIO()))
    assert out.getvalue().split("\t")[:4] == [token.key, "works", "hanna.handler@house.example", "shop"]
    call_command("token", "revoke", token.key, stdout=StringIO())
    assert Program(secret).get("/complaints").status_code == 401


@pytest.mark.parametrize(
    "arguments",
    [
        ("--staff", "nobody@house.example", "--name", "x"),
        ("--staff", "hanna.handler@house.example", "--name", "x", "--scopes", "everything"),
        ("--staff", "hanna.handler@house.example", "--name", "x", "--scopes", "approve"),
    ],
)
def test_the_command_says_why_not(house: House, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("token", "create", *arguments, stdout=StringIO(), stderr=StringIO())
    assert Token.objects.count() == 0
