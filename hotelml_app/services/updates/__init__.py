"""Program updates that come without a network: signed by whoever publishes HotelML, checked, kept until they are installed."""
