"""The language coach, for programs."""

from typing import Any

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext_lazy as _

from amends.api.auth import Request
from amends.api.operations import reads
from amends.api.problems import Invalid
from amends.api.schemas.coaching import CoachedFile, Draft
from amends.cases.coaching import house_rules
from amends.coach.draft import coach
from amends.coach.reading.language import code_of
from amends.coach.whole.case import WrongCase, read_case
from amends.rules.capabilities import Capability

TOPIC = gettext_noop("Language coach")


@reads(TOPIC, "/coach", CoachedFile, needs=Capability.HANDLE, method="POST")
def coached(request: Request, given: Draft) -> dict[str, Any]:
    """What the language coach says of a draft; nothing is kept"""
    try:
        case = read_case(given.case) if given.case is not None else None
    except WrongCase as wrong:
        raise Invalid("case", _("The case cannot be read: %(reason)s") % {"reason": wrong}) from None
    reader = given.reader or code_of(get_language() or "en")
    language = (case.language if case else None) or given.language or reader
    house = house_rules(language)
    return coach(given.text, language=given.language, reader=reader, case=case, house=house).as_json()
