"""What the window puts on paper: the morning sheet, and reports as PDF or Excel."""
