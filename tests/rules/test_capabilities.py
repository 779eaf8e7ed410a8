from amends.rules.capabilities import HIGHEST_LEVEL, ROLES, SYSTEM, Capability
from tests.rules.table import CUSTOMER


def test_the_program_may_everything_and_may_spend_nothing() -> None:
    assert all(SYSTEM.may(capability) for capability in Capability)
    assert not SYSTEM.authority


def test_a_customer_has_no_capability_of_staff() -> None:
    assert not any(CUSTOMER.may(capability) for capability in Capability)


def test_roles_have_distinct_names_known_levels_and_all_may_read() -> None:
    assert len({role.name for role in ROLES}) == len(ROLES)
    assert all(0 <= role.level <= HIGHEST_LEVEL for role in ROLES)
    assert all(Capability.READ in role.capabilities for role in ROLES)


def test_every_capability_is_in_some_role() -> None:
    assert frozenset().union(*(role.capabilities for role in ROLES)) == frozenset(Capability)
