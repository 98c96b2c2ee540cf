"""The parts of the Rooms page: the plan, what is suggested, what is to be carried out, and the small windows."""
