"""Which model to recommend on this machine."""

import ctypes
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from voiceprep.speech.transcribers.catalogue import ENGLISH, OFFERS, Offer
from voiceprep.speech.transcribers.messages import MOST_THREADS, physical_cores
from voiceprep.speech.transcribers.speed import Speed

MOST_RTF = 0.25
"""The slowest that is still pleasant: the last 12 s of an answer are written down within 3 s."""

_BASE_RTF, _BASE_THREADS, _BASE_PARAMETERS_M = 0.11, 2, 74
"""Measured with a folder in base.en's shape, int8 (make bench): 13 s for 120 s on two cores."""

_CUDA_FACTOR = 10
"""At least so many times faster than four cores (faster-whisper's README, small and large-v2)."""

_MEMORY_FACTOR, _MEMORY_BASE_BYTES = 2, 1_500_000_000
"""A model is read as float16 and turned into int8, beside the app and the system."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What matters of a computer.

    Attributes:
        threads: Processor threads that Whisper would use.
        memory_bytes: Of the whole machine; None if the system does not say.
        cuda: Whether it has a CUDA device with a driver.
    """

    threads: int
    memory_bytes: int | None
    cuda: bool


def this_machine() -> Machine:
    """Look at this computer; takes up to a second, so not for the GUI thread."""
    return Machine(min(physical_cores(), MOST_THREADS), _memory_bytes(), _has_cuda())


def expected_rtf(one: Offer, machine: Machine, speeds: Mapping[str, Speed]) -> float:
    """The real-time factor as measured, or as others' measurements let expect.

    The work grows with the parameters; the nearest measured model is taken as the measure.
    """
    if one.name in speeds:
        return speeds[one.name].rtf
    measured = [offer for offer in OFFERS if offer.name in speeds]
    if measured:
        nearest = min(measured, key=lambda offer: abs(offer.parameters_m - one.parameters_m))
        return speeds[nearest.name].rtf * one.parameters_m / nearest.parameters_m
    rtf = _BASE_RTF * one.parameters_m / _BASE_PARAMETERS_M * _BASE_THREADS / machine.threads
    return rtf / _CUDA_FACTOR if machine.cuda else rtf


def recommended(machine: Machine, speeds: Mapping[str, Speed], language: str = ENGLISH) -> Offer:
    """The most accurate model that keeps up here; the smallest one where none does.

    For English one that knows only English: at the same size it hears it better.
    """
    fitting = [one for one in OFFERS if (language == ENGLISH) == one.name.endswith(".en")]
    if machine.cuda:
        fitting += [one for one in OFFERS if one not in fitting and one.accuracy == "excellent"]
    pleasant = [
        one
        for one in fitting
        if expected_rtf(one, machine, speeds) <= MOST_RTF and _has_room(one, machine)
    ]
    return max(pleasant, key=lambda one: one.parameters_m, default=fitting[0])


def _has_room(one: Offer, machine: Machine) -> bool:
    needed = _MEMORY_FACTOR * one.size_bytes + _MEMORY_BASE_BYTES
    return machine.memory_bytes is None or machine.memory_bytes >= needed


def _memory_bytes() -> int | None:
    if not hasattr(os, "sysconf"):
        return None
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return None


def _has_cuda() -> bool:
    """Ask the driver, without any library of ours."""
    name = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    count = ctypes.c_int(0)
    try:
        driver = ctypes.CDLL(name)
        works = driver.cuInit(0) == 0 and driver.cuDeviceGetCount(ctypes.byref(count)) == 0
    except (OSError, AttributeError):
        return False
    return works and count.value > 0
