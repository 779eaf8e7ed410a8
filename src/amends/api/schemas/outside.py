"""Bodies outside and goods on their way back, as the API takes and shows them."""

from datetime import datetime

from ninja import Schema

from amends.api.schemas.values import Future, Given, Line, Long, Past


class ProceedingFile(Schema):
    """A body outside that has or had the complaint. ``wants_answer``: it handed it to us for an answer."""

    key: str
    body: str
    reference: str
    wants_answer: bool
    since: datetime
    answer_by: datetime | None
    noted_at: datetime
    noted_by_name: str
    ended_at: datetime | None
    outcome: str


class ProceedingGiven(Given):
    """Which body has it. ``since``: when it handed it to us, or when the customer turned to it."""

    body: Line
    since: Past
    wants_answer: bool = True
    answer_by: Future | None = None
    reference: Line = ""


class OutcomeGiven(Given):
    """What we answered, or what the body decided."""

    outcome: Long


class GoodsBackGiven(Given):
    """When what the customer sent back was here."""

    since: Past
