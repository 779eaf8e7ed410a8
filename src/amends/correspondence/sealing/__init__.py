"""The signed agreement as a PDF that nobody can change unnoticed: setting it, sealing it, verifying it."""
