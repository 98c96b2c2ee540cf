"""Where the window meets the desktop: its icon, its notices, the end of the session, folders and dropped files."""
