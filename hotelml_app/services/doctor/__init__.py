"""What ``hotelml doctor`` looks at, and what it advises."""
