"""What is made from the code is what the code says."""

import pytest
from django.core.management import call_command

from tools import lifecycle_doc


def test_the_page_of_the_process_is_fresh() -> None:
    assert lifecycle_doc.PAGE.read_text(encoding="utf-8") == lifecycle_doc.page(), "run `make docs`"


@pytest.mark.django_db
def test_no_model_changed_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
