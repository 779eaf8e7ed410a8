"""Bringing in complaints that other systems hold. ``cfpb`` knows the columns, ``runner`` does the work."""
