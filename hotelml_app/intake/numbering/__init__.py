"""Whether a booking number means the booking it meant before: numbers given again, without their zeros, or new throughout."""
