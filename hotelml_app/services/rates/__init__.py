"""Rates: the month, what staff decide, and how their own rates did."""
