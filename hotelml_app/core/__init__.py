"""Values every floor shares; standard library only."""
