"""Rooms: the plan, moves, locks, and what staff decide."""
