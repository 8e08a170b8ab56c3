"""From a transcript to an assessment: pure functions, text and numbers in, dataclasses out."""
