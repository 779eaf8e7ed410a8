"""Mail that comes in, read as a careful person reads it: ``parse.parse(raw)`` never fails.

Pure Python: no database, no settings, no clock. What is odd about a message is told in ``problems``.
"""
