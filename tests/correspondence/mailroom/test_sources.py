"""AMENDS_MAIL_IN: what it may say, and what is said of it where it is wrong."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from amends.correspondence.mailroom.sources import Door, Mailbox, WrongAddress, configured, sources


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        (
            "imaps://desk%40house.example:a%2Fb%3A%20%40@mail.house.example",
            Mailbox(
                name="imaps://desk@house.example@mail.house.example/INBOX",
                host="mail.house.example",
                port=993,
                tls=True,
                user="desk@house.example",
                password="a/b: @",
            ),
        ),
        (
            "imap://desk:pw@127.0.0.1:1143/Complaints/New%20ones?move=Archive&only=new",
            Mailbox(
                name="imap://desk@127.0.0.1:1143/Complaints/New ones",
                host="127.0.0.1",
                port=1143,
                tls=False,
                user="desk",
                password="pw",
                folder="Complaints/New ones",
                only_new=True,
                move="Archive",
            ),
        ),
        (
            "IMAP://desk:pw@mail.example/?delete=1&insecure=1",
            Mailbox(
                name="imap://desk@mail.example/INBOX",
                host="mail.example",
                port=143,
                tls=False,
                user="desk",
                password="pw",
                insecure=True,
                delete=True,
            ),
        ),
        ("lmtp://127.0.0.1:8024", Door("lmtp://127.0.0.1:8024", "127.0.0.1", 8024, lmtp=True)),
        (
            "smtp://[::1]:8025?for=Help@House.example,@returns.house.example",
            Door(
                "smtp://[::1]:8025",
                "::1",
                8025,
                lmtp=False,
                also_for=frozenset({"help@house.example", "@returns.house.example"}),
            ),
        ),
    ],
)
def test_an_address_says_all_of_it(url: str, meant: Mailbox | Door) -> None:
    assert sources(url) == [meant]


def test_several_apart_by_commas_spaces_or_lines() -> None:
    mailboxes = "\n imaps://a:b@one.example, imaps://a:b@two.example\n"
    text = mailboxes + "lmtp://127.0.0.1:8024?for=a@b.example,c@d.example smtp://localhost\n"
    assert [source.host for source in sources(text)] == [
        "one.example",
        "two.example",
        "127.0.0.1",
        "localhost",
    ]
    assert sources(" \n") == []


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mail.house.example", "Address 1 begins with none of imaps://, imap://, lmtp://, smtp://."),
        ("pop3://desk:hush@mail.house.example", "Address 1 begins with none of"),
        ("imaps://desk:hu/sh@mail.house.example", "Special characters in names and passwords"),
        ("imaps://desk:hush#1@mail.house.example", "“/” as %2F"),
        ("imaps://desk@mail.house.example", "/INBOX needs a name and a password."),
        ("imaps://desk:hush@", "imaps://desk@/INBOX names no server."),
        ("imaps://desk:hush@mail.example:70000", "Address 1 cannot be read."),
        ("imaps://desk:hush@mail.example?mvoe=A", "“mvoe” is no option. There are: delete, insecure,"),
        ("imaps://desk:hush@mail.example?move=A&delete=1", "cannot both move and delete"),
        ("imaps://desk:hush@mail.example?only=old", "“only” can only be “new”"),
        ("imaps://desk:hush@m.example imaps://desk:hush@m.example/INBOX", "/INBOX stands there twice."),
        ("smtp://desk:hush@127.0.0.1", "takes no name, password or folder"),
        ("smtp://127.0.0.1?certificate=/nowhere.pem", "there is no file /nowhere.pem"),
        ("lmtp://127.0.0.1?key=/etc/hostname", "has a key and no certificate"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_without_the_password(url: str, told: str) -> None:
    with pytest.raises(WrongAddress) as wrong:
        sources(url)
    assert told in str(wrong.value)
    assert "hu" not in str(wrong.value)


def test_from_a_file(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "mail-in"
    settings.AMENDS_MAIL_IN_SECRET, settings.AMENDS_MAIL_IN_FILE = "", str(file)
    with pytest.raises(WrongAddress, match="cannot be read"):
        configured()
    file.write_text("imaps://desk:pw@mail.example\n")
    assert [source.name for source in configured()] == ["imaps://desk@mail.example/INBOX"]
    settings.AMENDS_MAIL_IN_SECRET = "lmtp://127.0.0.1:8024"
    assert [source.name for source in configured()] == ["lmtp://127.0.0.1:8024"]


@pytest.mark.parametrize("command", ["serve", "mail"])
def test_no_process_starts_with_a_wrong_one(command: str, settings: Settings) -> None:
    settings.AMENDS_MAIL_IN_SECRET = "pop3://mail.example"
    with pytest.raises(CommandError, match=r"^AMENDS_MAIL_IN: Address 1 begins with none of"):
        call_command(command, **({"port": 0} if command == "serve" else {}))


def test_mail_alone_needs_a_source() -> None:
    with pytest.raises(CommandError, match="names nothing to bring mail from"):
        call_command("mail")
