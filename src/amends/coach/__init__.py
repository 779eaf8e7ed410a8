"""The language coach: reads a draft, says what may hurt and why, and what to say instead.

Pure: no framework, no clock, no settings. What it knows of a language is data in
``packs/languages/<code>/coach``. ``amends.coach.draft.coach`` is the door; ``docs/coach-rules.md`` tells
how the data is written.
"""
