"""Who is given another room type than booked: learned, judged and asked."""
