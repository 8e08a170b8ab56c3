"""The parts of Review: history, comparison, trends."""
