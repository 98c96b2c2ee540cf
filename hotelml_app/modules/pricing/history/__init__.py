"""Bookings as pricing looks at them: who booked when, for what, at which rate, and what is on the books."""
