"""From risks of bookings to rooms lost per day: how many to sell beyond the house, and whom to walk first."""
