"""HotelML as a program of this PC: its memory, its log, its network calls, and what Windows wants of it."""
