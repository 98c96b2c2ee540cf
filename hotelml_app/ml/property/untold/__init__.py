"""What exports leave out or get wrong without a word, found in the bookings themselves, and what is taken instead."""
