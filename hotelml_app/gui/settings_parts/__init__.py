"""The cards of the Settings page: each shows a part of the settings and gives back what was changed."""
