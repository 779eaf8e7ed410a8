"""Telling one complaint of the demonstration: each verb of ``ways`` through the real actions."""

from amends.project.demo.ending import Ending
from amends.project.demo.finding_out import FindingOut
from amends.project.demo.first_word import FirstWord
from amends.project.demo.putting_right import PuttingRight


class Telling(FirstWord, FindingOut, PuttingRight, Ending):
    """One customer's complaint, and where its telling stands: every verb that a way can name."""
