"""From demand to suggested rates: what each rate would bring, and the limits it keeps."""
