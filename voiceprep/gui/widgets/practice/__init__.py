"""The parts of the practice page."""
