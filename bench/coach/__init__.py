"""How well the coach reads: python -m bench.coach."""
