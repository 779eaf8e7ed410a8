"""Trying a policy on the past before it is switched on: what it would cost, and who would get what."""
