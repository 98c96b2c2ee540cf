"""The parts of the Rates page: the month, one night's reasons and curve, and the small windows."""
