"""HotelML: offline forecasts and advice for hotels."""
