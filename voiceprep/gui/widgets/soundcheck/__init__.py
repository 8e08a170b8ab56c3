"""The check of the sound before the first question."""
