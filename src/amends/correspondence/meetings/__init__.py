"""Talks at an appointed time: invitations that calendars follow, mails to both sides, reminders."""
