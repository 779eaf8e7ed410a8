"""amends verify-agreement: whether a sealed agreement is still what was signed."""

import json
import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import BaseCommand
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amends.correspondence.dates import day
from amends.correspondence.sealing.on_file import OnFile, on_file
from amends.correspondence.sealing.verdict import Fault, Trust, Unreadable, Verdict
from amends.project.database import State, ready_database, state

if TYPE_CHECKING:
    from asn1crypto import x509

NOT_VALID, UNREADABLE = 1, 2  # exit status
FAULTS = {
    Fault.NO_SEAL: gettext_lazy("It has no seal."),
    Fault.ALTERED: gettext_lazy("It was altered after it was sealed."),
    Fault.ADDED_TO: gettext_lazy(
        "Something was added after it was sealed: the seal does not cover all of it."
    ),
    Fault.FALSE_SEAL: gettext_lazy("The seal is false: it was not made with the key of its certificate."),
    Fault.FALSE_TIME_STAMP: gettext_lazy("Its time-stamp is false."),
    Fault.OTHER_TEXT: gettext_lazy("It does not hold the text that its page of evidence names."),
}
TRUST = {
    Trust.OURS: gettext_lazy("The certificate is this house’s."),
    Trust.NAMED: gettext_lazy("The certificate has the fingerprint that you gave."),
    Trust.KNOWN: gettext_lazy("An authority that this machine knows stands for the certificate."),
    Trust.UNKNOWN: gettext_lazy(
        "Nobody here knows the certificate. Compare its fingerprint with the one that the house gives you."
    ),
}
ON_FILE = {
    OnFile.THIS: gettext_lazy("It is on file here, as it is."),
    OnFile.TEXT: gettext_lazy(
        "The text that was signed is on file here, but the sealed file there is another."
    ),
    OnFile.NO: gettext_lazy("It is not on file here."),
}


class Command(BaseCommand):
    """Looks at files. It writes nothing, and asks nobody over the network."""

    help = gettext_lazy("Say whether a sealed agreement is still what was signed.")  # type: ignore[assignment]
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which files, and what they are held against."""
        parser.add_argument("files", nargs="+", metavar="FILE", help=_("PDF files; - is standard input"))
        parser.add_argument(
            "--fingerprint", metavar="SHA256", default="",
            help=_("the fingerprint of the house’s certificate: any other is refused"),
        )  # fmt: skip
        parser.add_argument(
            "--trust", metavar="FILE", type=Path, action="append", default=[],
            help=_("a root certificate, PEM or DER, of an authority that you trust"),
        )  # fmt: skip
        parser.add_argument(
            "--database", action="store_true",
            help=_("insist on looking whether it is on file; otherwise only where there is a database"),
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help=_("one JSON object a file"))

    def handle(self, *args: Any, files: list[str], **options: Any) -> None:
        """Exit status 0 if every file is valid, 1 if one is not, 2 if one cannot be read."""
        here = self._has_files(insist=options["database"])
        trusted = [self._root(path) for path in options["trust"]]
        worst = 0
        for name in files:
            worst = max(worst, self._look(name, trusted, here=here, **options))
        if worst:
            raise SystemExit(worst)

    def _has_files(self, *, insist: bool) -> bool:
        if insist:
            ready_database()
            return True
        if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
            return False  # to look would make an empty one
        try:
            return state() is State.READY
        except DatabaseError:
            return False

    def _look(self, name: str, trusted: "list[x509.Certificate]", *, here: bool, **options: Any) -> int:
        # Here, and not above: who runs another command need not wait for the libraries of the seal.
        from amends.correspondence.sealing.verify import verify

        try:
            pdf = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            found = verify(pdf, trusted=trusted, fingerprint=options["fingerprint"])
        except OSError as error:
            return self._unreadable(name, error.strerror or str(error), as_json=options["json"])
        except Unreadable as why:
            return self._unreadable(name, str(why), as_json=options["json"])
        filed = on_file(pdf, found) if here else None
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(name, found, filed), ensure_ascii=False))
        else:
            said = _sentences(found, filed, named=bool(options["fingerprint"]))
            self.stdout.write("\n  ".join([name, *said]))
        return 0 if found.valid else NOT_VALID

    def _unreadable(self, name: str, why: str, *, as_json: bool) -> int:
        if as_json:
            self.stdout.write(json.dumps({"file": name, "valid": False, "unreadable": why}))
        else:
            said = {"file": name, "why": why}
            self.stderr.write(_("%(file)s: it cannot be read as a PDF (%(why)s)") % said)
        return UNREADABLE

    def _root(self, path: Path) -> "x509.Certificate":
        from amends.correspondence.sealing.verify import root_certificate

        try:
            return root_certificate(path.read_bytes())
        except (OSError, ValueError) as error:
            said = {"file": path, "why": getattr(error, "strerror", None) or error}
            self.stderr.write(_("%(file)s: no certificate can be read from it (%(why)s)") % said)
            raise SystemExit(UNREADABLE) from error


def _sentences(found: Verdict, filed: OnFile | None, *, named: bool) -> list[str]:
    rows = [str(FAULTS[fault]) for fault in found.faults if fault in FAULTS]
    if not found.whole_faults:
        rows.append(_("Nothing in it has changed since it was sealed, and the seal covers all of it."))
    if Fault.NOT_OURS in found.faults:
        other = _("But it was not sealed with the certificate that is asked for.")
        rows.append(other if named else _("But this house did not seal it."))
    if found.by:
        rows += [*_sealed(found), str(TRUST[found.trust])]
        rows.append(_("Fingerprint of the certificate (SHA-256): %(digest)s") % {"digest": found.fingerprint})
    if found.text_sha256:
        said = found.evidence
        what = {"reference": said.get("complaint", ""), "name": said.get("signed_by", "")}
        rows.append(_("Agreement on complaint %(reference)s, signed by %(name)s.") % what)
        rows.append(_("SHA-256 of the text that was signed: %(digest)s") % {"digest": found.text_sha256})
    return [*rows, str(ON_FILE[filed])] if filed else rows


def _sealed(found: Verdict) -> list[str]:
    rows = [_("Sealed by %(name)s, %(when)s by its own clock.") % {"name": found.by, "when": _when(found.at)}]
    if found.stamped_at:
        said = {"name": found.stamped_by, "when": _when(found.stamped_at)}
        rows.append(_("Time-stamped by %(name)s, %(when)s.") % said)
    return rows


def _when(at: datetime | None) -> str:
    if at is None:
        return _("at an unknown time")
    local = timezone.localtime(at)
    return f"{day(at, get_language() or settings.LANGUAGE_CODE)}, {local:%H:%M:%S} (UTC{local:%:z})"


def _as_json(name: str, found: Verdict, filed: OnFile | None) -> dict[str, Any]:
    return {
        "file": name,
        "valid": found.valid,
        "faults": list(found.faults),
        "sealed_by": found.by,
        "sealed_at": found.at.isoformat() if found.at else None,
        "stamped_by": found.stamped_by,
        "stamped_at": found.stamped_at.isoformat() if found.stamped_at else None,
        "certificate": found.trust,
        "certificate_sha256": found.fingerprint,
        "text_sha256": found.text_sha256,
        "evidence": dict(found.evidence),
        "on_file": filed,
    }
