"""Loudness in decibels."""

import math

SILENCE_DBFS = -90.0
"""The floor: about the noise of 16 bits, and quieter than any room."""


def to_dbfs(amplitude: float) -> float:
    """An amplitude (a peak or an RMS; 1 is full scale) in dB, from -90 to 0."""
    if amplitude <= 0:
        return SILENCE_DBFS
    return min(0.0, max(SILENCE_DBFS, 20 * math.log10(amplitude)))
