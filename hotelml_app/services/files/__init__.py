"""Files that HotelML writes: which are its own, where it works on them, and how they come into their place whole."""
