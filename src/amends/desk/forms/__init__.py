"""What staff fill in, grouped by the part of the process. Field names are those of ``cases.actions``."""
