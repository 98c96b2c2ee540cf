"""What changes everything kept of a hotel: taking imports back, joining hotels, new names and numbers."""
