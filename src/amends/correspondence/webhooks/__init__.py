"""Telling other programs of the house what happens, in the form of Standard Webhooks 1.0."""
