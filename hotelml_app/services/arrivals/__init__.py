"""Who comes and who may not: the Arrivals page, lost rooms, selling beyond the house."""
