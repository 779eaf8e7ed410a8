"""Formal letters: a case file or a complaint goes in, a page that a company can be proud of comes out."""
