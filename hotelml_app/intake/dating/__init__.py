"""Of which day an export is: the hotel's own business date, as the file tells it."""
