"""The house's policy: what a complaint of which kind usually gets, as a table that a house writes itself.

Pure. ``reading`` makes a table of JSON and names every fault, ``table`` is what it holds, ``proposing`` says
what a case would get by it, ``departing`` what a plan does otherwise.
"""

from amends.rules.policy.departing import Difference, Taken, differences
from amends.rules.policy.faults import Fault, Faulty
from amends.rules.policy.proposing import Proposal, Proposed, propose
from amends.rules.policy.reading import read
from amends.rules.policy.situation import Situation
from amends.rules.policy.table import Gives, Measure, Row, Span, Table, When
from amends.rules.policy.writing import as_data

__all__ = [
    "Difference",
    "Fault",
    "Faulty",
    "Gives",
    "Measure",
    "Proposal",
    "Proposed",
    "Row",
    "Situation",
    "Span",
    "Table",
    "Taken",
    "When",
    "as_data",
    "differences",
    "propose",
    "read",
]
