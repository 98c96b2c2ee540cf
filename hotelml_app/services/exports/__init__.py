"""From a dropped file to known bookings: importing, unknown layouts, what was odd, the Data page."""
