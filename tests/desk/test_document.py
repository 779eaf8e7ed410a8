"""Files go out as downloads, and to nobody who may not see the case."""

from django.core.files.uploadedfile import SimpleUploadedFile

from amends.cases import actions
from amends.cases.documents import accept, path_of
from tests.conftest import MONDAY, House
from tests.desk.clicking import Desk
from tests.desk.grown import attached


def test_a_file_is_a_download_of_its_checked_type(house: House) -> None:
    case = house.complaint()
    page = accept(SimpleUploadedFile("räkning.txt", b"<script>alert(1)</script>"))
    document = actions.attach(case, by=house.actor(house.handler), at=MONDAY, document=page)
    response = Desk(house.handler, case).get(f"documents/{document.key}")
    assert b"".join(response) == b"<script>alert(1)</script>"
    wanted = {
        "Content-Type": "text/plain",
        "Content-Disposition": "attachment; filename*=utf-8''r%C3%A4kning.txt",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    assert {name: response[name] for name in wanted} == wanted


def test_a_file_of_a_case_that_one_may_not_see_is_not_found(house: House) -> None:
    case, other = house.complaint(complained_about=[house.colleague]), house.complaint()
    document = attached(case, house)
    assert Desk(house.colleague, case).get(f"documents/{document.key}").status_code == 404
    assert Desk(house.handler, other).get(f"documents/{document.key}").status_code == 404
    assert Desk(house.handler, case).get(f"documents/{document.key}").status_code == 200


def test_bytes_that_are_gone_are_not_found(house: House) -> None:
    case = house.complaint()
    document = attached(case, house)
    path_of(document.sha256).unlink()
    assert Desk(house.handler, case).get(f"documents/{document.key}").status_code == 404
