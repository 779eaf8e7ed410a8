"""The table of what follows (``tests/architecture`` holds it complete): each job is found again."""

from django.utils.module_loading import import_string

from amends.project.reactions import REACTIONS


def test_every_job_is_found_by_the_path_that_the_queue_keeps() -> None:
    jobs = {job for reactions in REACTIONS.values() for job in reactions}
    assert {import_string(job.module_path) for job in jobs} == jobs


def test_what_happens_after_the_signature_stands_on_one_line() -> None:
    jobs = [job.name for job in REACTIONS["complaint.agreed"]]
    assert jobs == ["seal_agreement", "begin_carrying_out", "tell_programs"]
