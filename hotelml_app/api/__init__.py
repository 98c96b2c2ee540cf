"""The loopback API: whoever owns a home answers the other HotelML processes of the same user, and nobody else."""
