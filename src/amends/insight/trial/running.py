"""Running a trial: asked for at the desk, reckoned by a worker, some cases at a time.

A job may run more than once: each time it begins anew, and what the time before has kept is thrown away.
"""

from __future__ import annotations  # Django's own Task is generic to the type checker only

import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.tasks import task
from django.utils import timezone

from amends.cases.house_policy import table_of
from amends.cases.models import PolicyVersion
from amends.insight.models import PolicyTrial, TrialCase
from amends.insight.trial.past import Past, how_many, past_cases
from amends.insight.trial.tally import Tally
from amends.kit.chain import digest
from amends.kit.clock import now
from amends.people.models import StaffMember


@transaction.atomic
def try_on_the_past(
    policy: PolicyVersion, *, since: date, until: date, by: StaffMember, at: datetime
) -> PolicyTrial:
    """Have this version tried over the complaints that came from ``since`` to ``until``.

    The trials before of the same version are thrown away.
    """
    PolicyTrial.objects.filter(policy=policy).delete()
    trial = PolicyTrial.objects.create(
        policy=policy, table_sha256=table_digest(policy), since=since, until=until, by=by, at=at
    )
    run_trial.enqueue(trial.pk)
    return trial


def latest(policy: PolicyVersion) -> PolicyTrial | None:
    """The last trial of this version."""
    return PolicyTrial.objects.filter(policy=policy).select_related("by").first()


def table_digest(policy: PolicyVersion) -> str:
    """Of the table as it is now: a draft may have changed since it was tried."""
    return digest(json.dumps(policy.table, sort_keys=True))


@task
def run_trial(trial_id: int) -> None:
    """Reckon a trial, unless it was thrown away or is done."""
    trial = PolicyTrial.objects.select_related("policy").filter(pk=trial_id, done_at__isnull=True).first()
    if trial is not None:
        reckon(trial)


def reckon(trial: PolicyTrial) -> None:
    """Look at every case of the period; its progress can be seen meanwhile."""
    since, until = _midnight(trial.since), _midnight(trial.until + timedelta(days=1))
    rows = PolicyTrial.objects.filter(pk=trial.pk)
    TrialCase.objects.filter(trial=trial).delete()
    rows.update(of=how_many(since, until), looked_at=0, table_sha256=table_digest(trial.policy))
    tally, looked = Tally(), 0
    for chunk in past_cases(table_of(trial.policy), since, until):
        tally.add(chunk.cases)
        tally.without_finding += chunk.without_finding
        looked += len(chunk.cases) + chunk.without_finding
        with transaction.atomic():
            if not rows.update(looked_at=looked):
                return  # thrown away meanwhile
            _keep(trial, chunk.cases)
    rows.update(of=looked, looked_at=looked, result=tally.as_data(), done_at=now())


_COLUMNS = ("trial_id", "complaint_id", "currency", "then", "now", "bucket", "answer", "level")


def _keep(trial: PolicyTrial, cases: Iterable[Past]) -> None:
    """Written past the ORM, which takes longer for this than all the rest of a trial."""
    quote, sum_ = connection.ops.quote_name, connection.ops.adapt_decimalfield_value
    columns = ", ".join(quote(column) for column in _COLUMNS)
    places = ", ".join(["%s"] * len(_COLUMNS))
    statement = f"INSERT INTO {quote(TrialCase._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    rows = [
        (
            trial.pk, one.pk, one.currency, sum_(one.then, 12, 2), sum_(one.now, 12, 2), one.bucket.value,
            one.answer, one.level,
        )
        for one in cases
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
