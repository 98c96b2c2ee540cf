"""From a table's columns to bookings, reviews and statistics, and what became of each row."""
