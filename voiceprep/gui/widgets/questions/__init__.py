"""The parts of the questions page."""
