"""The process that does what follows: jobs, and what the clock makes due."""

from uuid import uuid4


def run_worker() -> None:
    """Work until told to end."""
    import django

    django.setup()  # where children are not forks, nobody has done it yet
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["*"],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid4().hex,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    worker.run()
