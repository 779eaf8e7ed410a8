"""Mails about duties: to departments, and to who does one for them without an account."""
