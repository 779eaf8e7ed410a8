"""How long one letter to everybody takes, from the button to the printer: python -m bench.post [LETTERS]

A house of its own in a folder of its own; everything goes the way it goes at work: the process, the jobs, the
stored files. Prints seconds for writing to each and setting its letter, for one PDF, for marking them.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def timed(what: str, count: int) -> Iterator[None]:
    """Print how long it took."""
    began = time.perf_counter()
    yield
    seconds = time.perf_counter() - began
    print(f"{what:42} {seconds:6.1f} s {seconds / count * 1000:7.1f} ms each")


def main(count: int) -> None:
    """Write to ``count`` customers, print and mark their letters."""
    os.environ["AMENDS_DATA_DIR"] = tempfile.mkdtemp(prefix="amends-post-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.project.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from amends.cases import actions
    from amends.cases.choices import DispatchKind
    from amends.correspondence.mass import sending
    from amends.correspondence.mass.finding import Criteria, concerned
    from amends.correspondence.post import pile, queue
    from amends.kit.clock import now
    from amends.kit.jobs import work_off
    from amends.people.actors import as_actor
    from amends.people.languages import LANGUAGES
    from amends.people.models import Customer, Role, StaffMember

    call_command("migrate", verbosity=0)
    role = Role.objects.get(name="lead")
    lead = StaffMember.objects.create_user("lead@house.example", None, name="Lena Lead", role=role)
    by = as_actor(lead)
    with timed("registering", count):
        for number in range(count):
            language = LANGUAGES[number % len(LANGUAGES)][0]
            customer = Customer.objects.create(
                name=f"Customer {number}", language=language, address=f"Street {number}\n123 45 Town"
            )
            actions.register(
                by=by, at=now(), customer=customer, story="It leaks.", channel="letter",
                category="product", signed_by=lead.name, details={"batch": "B-17"},
            )  # fmt: skip
        work_off(at_most=count * 3)
    criteria = Criteria(batch="B-17")
    letter = sending.begin(
        title="the seal", channel="letter", criteria=criteria, found=concerned(lead, criteria),
        author=lead, at=now(),
    )  # fmt: skip
    text = "\n\n".join(["The seal was faulty. We replace it without charge, within 14 days."] * 6)
    letter.texts = {code: {"subject": "The seal", "text": f"{text}\n\n$link"} for code, _name in LANGUAGES}
    letter.save()
    with timed("writing to each, setting each letter", count):
        sending.send(letter, by=lead, at=now())
        work_off(at_most=count * 3)
    letters = list(queue.of_mass_letter(queue.to_print(lead), letter))
    with timed("one pile of them", count):
        run = pile.take_out(letters, staff=lead, at=now(), two_sided=False)
    with timed("one PDF with its cover sheet", count):
        made = pile.pile_pdf(run, lead)
    print(f"{len(letters)} letters, {len(made) / 1e6:.1f} MB")
    with timed("marking them as posted", count):
        for each in letters:
            actions.dispatch(each, by=by, at=now(), kind=DispatchKind.ORDINARY, on=now().date())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
