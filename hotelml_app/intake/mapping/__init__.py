"""What people said, or HotelML found out, about the columns of a layout of their own: checked, kept, and used again."""
