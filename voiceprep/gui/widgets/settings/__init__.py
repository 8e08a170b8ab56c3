"""The sections of the settings page and their parts."""
