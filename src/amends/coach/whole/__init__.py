"""The whole text, by itself and against its case."""
