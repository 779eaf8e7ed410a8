"""Mail as it arrives: kept first, then read, then what follows from it.

``arrive`` keeps the bytes whatever they are; ``take_in`` reads them and puts them where they belong;
``take_in_waiting`` sweeps what was kept and not read. How it comes (pipe, IMAP, SMTP) is no matter here.
"""

from amends.correspondence.arrivals.keeping import LARGEST, arrive
from amends.correspondence.arrivals.taking import take_in, take_in_waiting

__all__ = ["LARGEST", "arrive", "take_in", "take_in_waiting"]
