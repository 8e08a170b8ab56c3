"""Says how a term sounds, in the ARPAbet of the CMU pronouncing dictionary.

The basic recogniser hears only words whose sounds it knows. Acronyms are spelled letter by
letter; other words go through eSpeak NG, whose library and data come with the wheel
``espeakng-loader``. Only a transcriber's child process loads it: eSpeak keeps global state.
"""

import ctypes
import os
import re
from collections.abc import Callable

Lookup = Callable[[str], str | None]
"""The pronunciation that a dictionary has for a lower-case word, as ARPAbet, or None."""

LETTERS = {
    "a": "EY", "b": "B IY", "c": "S IY", "d": "D IY", "e": "IY", "f": "EH F", "g": "JH IY",
    "h": "EY CH", "i": "AY", "j": "JH EY", "k": "K EY", "l": "EH L", "m": "EH M", "n": "EH N",
    "o": "OW", "p": "P IY", "q": "K Y UW", "r": "AA R", "s": "EH S", "t": "T IY", "u": "Y UW",
    "v": "V IY", "w": "D AH B AH L Y UW", "x": "EH K S", "y": "W AY", "z": "Z IY",
}  # fmt: skip
"""The names of the letters."""

_ARPABET = {
    # Vowels; the last ones of a row are eSpeak's weak or dialect variants of the first.
    "a": "AE", "aa": "AE",
    "A:": "AA", "0": "AA", "A~": "AA",
    "O:": "AO", "O": "AO", "O2": "AO", "O~": "AO", "o": "OW",
    "E": "EH",
    "I": "IH", "I2": "IH", "I#": "IH",
    "i": "IY", "i:": "IY", "i::": "IY",
    "U": "UH", "u:": "UW",
    "V": "AH", "@": "AH", "@-": "AH", "@2": "AH", "a#": "AH",
    "aI": "AY", "aU": "AW", "eI": "EY", "OI": "OY", "oU": "OW",
    # Vowels with an r or an l in them.
    "3": "ER", "3:": "ER", "A@": "AA R", "O@": "AO R", "o@": "AO R", "e@": "EH R",
    "i@": "IY AH", "i@3": "IH R", "U@": "UH R", "aI3": "AY ER", "aI@": "AY AH", "@L": "AH L",
    # Consonants; a flapped or swallowed t is a T in the CMU dictionary.
    "b": "B", "d": "D", "D": "DH", "dZ": "JH", "f": "F", "g": "G", "h": "HH", "j": "Y",
    "k": "K", "l": "L", "l#": "L", "m": "M", "n": "N", "n-": "AH N", "N": "NG", "p": "P",
    "r": "R", "r-": "R", "s": "S", "S": "SH", "t": "T", "t#": "T", "t2": "T", "?": "T",
    "tS": "CH", "T": "TH", "v": "V", "w": "W", "x": "K", "z": "Z", "Z": "ZH",
}  # fmt: skip
"""eSpeak's phoneme mnemonics of American English."""

_PART = re.compile(
    r"[A-Z]{2,}s?(?![A-Za-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+(?:st|nd|rd|th)?|&"
)
_SAYABLE = re.compile(r"[B-DF-HJ-NP-TV-Z][AEIOU]+[B-DF-HJ-NP-TV-Z]")


def is_acronym(term: str) -> bool:
    """Whether a term's letters are all capitals: GDPR, PCI-DSS, A/B; also KPIs and F1."""
    letters = [char for char in re.sub(r"(?<=[A-Z])s$", "", term) if char.isalpha()]
    return bool(letters) and all(char.isupper() for char in letters)


def spelled(letters: str) -> str:
    """The sounds of letters said one by one; other characters are skipped."""
    return " ".join(LETTERS[char] for char in letters.lower() if char in LETTERS)


def from_mnemonics(phonemes: str) -> str:
    """Translate eSpeak's phonemes, separated by "_", to ARPAbet without stress."""
    sounds: list[str] = []
    # A short i that glides into the next vowel is long: the i of "media".
    for mark in re.split(r"[_ ]", phonemes.replace("I2_;", "i")):
        arpabet = _ARPABET.get(mark.lstrip("',%=;|"))
        for sound in arpabet.split() if arpabet else ():
            # eSpeak writes the r of "carry" twice, in the vowel and after it.
            if sound == "R" and sounds and sounds[-1] in {"R", "ER"}:
                continue
            sounds.append(sound)
    return " ".join(sounds)


def pronunciations(term: str, lookup: Lookup) -> tuple[str, ...]:
    """All plausible ways to say a term, the likeliest first.

    Capitals are spelled; an acronym of four letters or more that can be said as a word is also
    said as one (SHAP), and so is a name in mixed case (FedRAMP). Everything else is read part by
    part: F1-score is a letter, a number and a word.

    Args:
        term: As it is written.
        lookup: Says parts that are plain words or numbers.

    Returns:
        ARPAbet strings; none where a part has no pronunciation.
    """
    if not term.isascii():  # eSpeak reads naïve and Schrödinger best as a whole
        return tuple(filter(None, [lookup(term.lower())]))
    by_parts = [_say_part(part, lookup) for part in _PART.findall(term)]
    ways = [" ".join(by_parts)] if by_parts and all(by_parts) else []
    if is_acronym(term):
        sayable = len(term) > 3 and bool(_SAYABLE.search(term))  # noqa: PLR2004 - said above
    else:
        sayable = not (term.islower() or term.istitle())
    if term.isalpha() and sayable:
        ways.append(lookup(term.lower()) or "")
    return tuple(dict.fromkeys(filter(None, ways)))


def _say_part(part: str, lookup: Lookup) -> str:
    if part == "&":
        return "AE N D"
    if re.fullmatch(r"[A-Z]{2,}s", part):
        return f"{spelled(part[:-1])} Z"
    vowelless = part.isalpha() and part.islower() and not re.search(r"[aeiouy]", part)
    if part.isupper() or vowelless or (len(part) == 1 and part.isalpha()):
        return spelled(part)
    return lookup(part.lower()) or ""


class Espeak:
    """eSpeak NG's American English reading rules."""

    _NO_SOUND = 1  # AUDIO_OUTPUT_RETRIEVAL: nothing is played
    _DO_NOT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT: report missing data instead
    _UTF_8 = 1

    def __init__(self) -> None:
        """Load the library.

        Raises:
            OSError: The library or its data cannot be loaded.
        """
        import espeakng_loader  # noqa: PLC0415 - only where a word needs it

        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = os.fsencode(espeakng_loader.get_data_path())
        if self._library.espeak_Initialize(self._NO_SOUND, 0, data, self._DO_NOT_EXIT) < 0:
            raise OSError("eSpeak NG found no data at its path")
        if self._library.espeak_SetVoiceByName(b"en-us") != 0:
            raise OSError("eSpeak NG has no American English voice")
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._library.espeak_TextToPhonemes.argtypes = [
            ctypes.POINTER(ctypes.c_char_p),
            ctypes.c_int,
            ctypes.c_int,
        ]

    def say(self, word: str) -> str:
        """A word or a number as ARPAbet; empty where it has no sound."""
        text = ctypes.c_char_p(word.encode())
        mode = ord("_") << 8  # mnemonics, separated by this character
        phonemes = self._library.espeak_TextToPhonemes(ctypes.byref(text), self._UTF_8, mode)
        return from_mnemonics((phonemes or b"").decode())
