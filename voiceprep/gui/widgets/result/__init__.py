"""The parts of one answer's result."""
