"""How mail comes to the house: fetched from mailboxes, taken at the door, handed over by a provider.

Each way ends in ``handing_over.bring``. What a message is and what follows from it is ``arrivals``' matter.
"""
