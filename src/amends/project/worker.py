"""The process that does what follows: jobs, and what the clock makes due."""

import django


def run_worker() -> None:
    """Work until told to end. A job that is under way is finished first."""
    django.setup()  # where this is no fork of the program, nobody has done it yet
    from amends.kit.clock import now
    from amends.kit.jobs import Worker
    from amends.project.schedule import run_due

    worker = Worker(meanwhile=lambda: run_due(now()))
    worker.stop_on_signals()
    worker.run()
