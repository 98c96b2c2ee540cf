"""From the text of a cell to a date, an amount, a status or a clean word."""
