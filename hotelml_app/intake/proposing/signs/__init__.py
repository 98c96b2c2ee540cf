"""What the values of columns say of their roles, beside their names."""
