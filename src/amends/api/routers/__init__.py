"""The operations, by topic. Each is one line of where, what and which step, and one call."""
