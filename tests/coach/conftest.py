"""The rules by themselves: what is asserted of them must not hang on what a classifier learns tomorrow."""

import pytest

from amends.coach.sentences import finding


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "classifier", lambda _code: None)
