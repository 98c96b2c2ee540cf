"""Copies of the database: made on request and every night, listed, and put back."""
