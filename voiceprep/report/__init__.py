"""A session as something to keep, print and share; the history as a table."""
