"""What exports brought: files, bookings and the history of their states, nightly figures, reviews."""
