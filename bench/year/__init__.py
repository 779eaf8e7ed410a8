"""A simulated year of a complaints desk: what staff and customers do, what the clock does, who is killed.

python -m bench.year [COMPLAINTS] [--days N] [--houses N] [--seed N]
"""
