"""From a dropped file to checked bookings."""
