"""The program as it is typed: what it says, and what its exit status is."""

import re
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from amends.cases.house_policy import in_force
from amends.cases.models import Complaint, Event
from amends.kit import clock
from amends.people.models import StaffMember
from amends.people.sign_in_link import token_of, use
from amends.project import main as program
from amends.project.database import State, state
from amends.project.env import SETTINGS
from amends.project.main import commands, main
from tests.conftest import MONDAY, House, roles_of_a_new_house
from tools import settings_doc


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command closes its connections when it ends; here it would close the test's own."""
    monkeypatch.setattr(connections, "close_all", lambda: None)


def run(*arguments: str) -> int:
    """The exit status of ``amends <arguments>``."""
    try:
        return main(arguments)
    except SystemExit as end:
        return int(end.code or 0)


def test_alone_lists_our_commands_with_a_sentence_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == run("--help") == 0
    listed = re.findall(r"^  ([a-z-]+) +(\S.*)$", capsys.readouterr().out, re.MULTILINE)
    names = [name for name, _ in listed]
    assert names[: len(names) // 2] == [name.replace("_", "-") for name in commands()]
    assert {"serve", "web", "worker", "tick", "migrate", "check", "createuser", "verify"} <= set(names)
    assert "makemigrations" not in names
    assert all(sentence.endswith(".") for _, sentence in listed)


def test_unknown_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("swerve") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("There is no command “swerve”.\n")


def test_a_dash_in_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[object] = []
    monkeypatch.setattr(program, "commands", lambda: {"mail_in": "module"})

    def note(*what: object) -> int:
        ran.append(what)
        return 0

    monkeypatch.setattr(program, "_run", note)
    assert run("mail-in", "--dry-run") == 0
    assert ran == [("module", "mail-in", ["--dry-run"])]


def test_help_of_a_command_is_short(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("createuser", "--help") == 0
    said = capsys.readouterr().out
    assert "--role" in said
    assert "--settings" not in said


@pytest.mark.django_db
def test_database_behind_is_not_migrated_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    assert state() is State.READY
    MigrationRecorder(connection).migration_qs.filter(app="kit").delete()
    assert state() is State.BEHIND
    assert run("verify") == 1
    assert "run: amends migrate" in capsys.readouterr().err
    assert state() is State.BEHIND


# --- createuser --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_new_house_begins_with_a_policy_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    roles_of_a_new_house()
    with clock.set_to(MONDAY):
        for name in ("Ada", "Bo"):
            given = ("--name", name, "--email", f"{name.lower()}@house.example", "--role", "administrator")
            assert run("createuser", *given, "--department", "-") == 0
        assert "sign-in/link" in capsys.readouterr().out
        policy = in_force(MONDAY)
    assert policy is not None
    assert (policy.version, policy.made_by and policy.made_by.name) == (1, "Ada")


def test_createuser_prints_a_link_that_works(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    given = (
        "--name",
        "Nils New",
        "--email",
        "nils@house.example",
        "--role",
        "lead",
        "--department",
        "Finance",
    )
    with clock.set_to(MONDAY):
        assert run("createuser", *given) == 0
    nils = StaffMember.objects.get(email="nils@house.example")
    assert (nils.name, nils.role.name, nils.department and nils.department.name) == (
        "Nils New",
        "lead",
        "Finance",
    )
    assert not nils.has_usable_password()
    link = capsys.readouterr().out.splitlines()[-1]
    assert use(token_of(link), at=MONDAY) == nils


@pytest.mark.django_db
def test_the_first_is_an_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    roles_of_a_new_house()
    assert run("createuser", "--name", "Ada", "--email", "ada@house.example") == 0
    assert StaffMember.objects.get().role.name == "administrator"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("--email", "a@b.example"), "--name is missing."),
        (("--name", "A", "--email", "nowhere"), "“nowhere” is not an e-mail address."),
        (("--name", "A", "--email", "Lena.Lead@house.example"), "Lena.Lead@house.example is there already."),
        (("--name", "A", "--email", "a@b.example", "--role", "king"), "There is no role “king”."),
    ],
)
def test_createuser_refused(
    house: House, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], sentence: str
) -> None:
    before = StaffMember.objects.count()
    assert run("createuser", *given) == 1
    assert sentence in capsys.readouterr().err
    assert StaffMember.objects.count() == before


# --- verify ------------------------------------------------------------------------------------


def test_verify_holds(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.complaint()
    house.complaint()
    events = Event.objects.count()
    assert run("verify") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"2 complaints, {events} events: the chain holds"
    assert re.fullmatch(r"Fingerprint to note down: [0-9a-f]{64}", lines[1])


def test_fingerprint_changes_with_the_file(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.complaint()
    run("verify")
    first = capsys.readouterr().out
    house.complaint()
    run("verify")
    assert capsys.readouterr().out.splitlines()[1] != first.splitlines()[1]


def test_verify_names_the_altered_event(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.complaint()
    altered = house.complaint()
    _past_the_triggers(
        "UPDATE cases_event SET actor_id = 99 WHERE complaint_id = %s AND number = 1", altered.pk
    )
    assert run("verify") == 1
    said = capsys.readouterr().out
    assert said.startswith(f"{altered.reference}: event 1 was altered")
    assert "faults: 1" in said
    assert "the chain holds" not in said


def test_verify_names_the_altered_story(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    altered = house.complaint()
    Complaint.objects.filter(pk=altered.pk).update(story="The kettle is fine.")
    assert run("verify", altered.reference) == 1
    assert capsys.readouterr().out.startswith(f"{altered.reference}: the story is not the one that event 1")


def test_verify_misses_a_complaint_that_was_taken_out(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    house.complaint()
    gone = house.complaint()
    Complaint.objects.filter(pk=gone.pk).update(reference="2026-x")
    assert run("verify") == 1
    assert f"{gone.reference}: the complaint was taken out" in capsys.readouterr().out


def test_verify_of_a_complaint_that_is_not_there(house: House) -> None:
    assert run("verify", "1999-00001") == 2


def _past_the_triggers(sql: str, key: int) -> None:
    """Alter a row as somebody with the database in their hands would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'cases_event'"
        )
        for name, _ in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(sql, [key])


# --- settings ----------------------------------------------------------------------------------


def test_settings_page_is_the_table_of_the_code() -> None:
    assert settings_doc.PAGE.read_text(encoding="utf-8") == settings_doc.page()
    listed = re.findall(r"^\| `(AMENDS_\w+)`", settings_doc.page(), re.MULTILINE)
    assert listed == [setting.name for setting in SETTINGS]


def test_every_setting_that_is_read_is_in_the_table() -> None:
    source = Path(program.__file__).parent
    read = {
        name for path in source.rglob("*.py") for name in re.findall(r'"(AMENDS_[A-Z_]+)"', path.read_text())
    }
    assert read - {setting.name for setting in SETTINGS} == {"AMENDS_REACTIONS"} & read
