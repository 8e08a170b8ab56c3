"""Reads texts aloud: synthesised in a child process, kept in a cache, played by our player."""

import hashlib
import re
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.speech.audio_file import read_audio
from voiceprep.speech.player import SoundPlayer
from voiceprep.speech.tts_child import is_complete
from voiceprep.speech.voice_process import ask

CACHE_BYTES = 64 * 2**20
"""About 25 minutes of speech: 150 questions."""

START_S = 8.0
"""A cold start of the engine takes 0.6 s, on a very busy machine ten times that."""

SYNTHESIS_SHARE = 0.5
"""Of the speech's length, for synthesis: it takes a hundredth on eSpeak, a tenth on slower voices.
An engine that has not finished by then hangs."""

_LEAST_SHARE = 0.4
"""Of the length that rate and words promise; eSpeak takes 0.9 of it. Less has lost its end."""

_ABANDONED_S = 3600.0
"""Left behind by a crash: no synthesis takes that long."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of the system.

    Attributes:
        id: What the settings keep.
        name: What a person reads.
        language: Such as "en-us"; may be empty.
    """

    id: str
    name: str
    language: str


def voices() -> tuple[Voice, ...]:
    """The installed voices, American English first, then other English ones; blocks shortly.

    Raises:
        VoicePrepError: There is no speech engine.
    """
    answer = ask({}, timeout_s=20.0, cancel=Event())

    def rank(voice: Voice) -> tuple[bool, bool, str]:
        return voice.language != "en-us", not voice.language.startswith("en"), voice.name

    return tuple(sorted((Voice(**voice) for voice in answer["voices"]), key=rank))


class PyttsxSpeaker:
    """Reads texts aloud with a voice of the system.

    Args:
        player: Plays what was synthesised.
        cache: Folder for synthesised texts; the oldest are deleted when it grows.
        voice: Id of a voice; "" is a good English one.
        rate_wpm: Words per minute.
    """

    def __init__(
        self, player: SoundPlayer, cache: Path, voice: str = "", rate_wpm: int = 165
    ) -> None:
        self._player = player
        self._cache = cache
        self._voice = voice
        self._rate_wpm = rate_wpm

    def say(self, text: str, cancel: Event) -> None:
        """Speak; return when the last sample was played or ``cancel`` was set.

        Raises:
            VoicePrepError: No voice, no output device, or the engine failed.
        """
        with suppress(Cancelled):
            speech = self._speech(text, cancel)
            if speech is not None:
                self._play(speech, cancel)

    def prepare(self, text: str) -> None:
        """Synthesise ahead into the cache, so that a later ``say`` starts at once; blocks.

        Raises:
            VoicePrepError: No voice, or the engine failed.
        """
        self._speech(text, Event())

    def _play(self, speech: Path, cancel: Event) -> None:
        try:
            self._player.play(speech, cancel)
        except VoicePrepError as error:
            instead = "Read the question on the screen and answer as usual."
            raise VoicePrepError(
                error.title, error.cause, f"{instead} {error.next_step}"
            ) from error

    def _speech(self, text: str, cancel: Event) -> Path | None:
        """The sound of a text, from the cache if it is there; None where nothing can be said."""
        text = _speakable(text)
        if not re.search(r"\w", text):
            return None
        kept = self._cache / f"{self._key(text)}.wav"
        try:
            if is_complete(kept):
                kept.touch()  # so that it is not among the oldest
                return kept
            self._cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".new-", dir=self._cache) as folder:
                self._synthesise_whole(text, Path(folder), cancel).replace(kept)
            _prune(self._cache)
        except OSError as error:
            raise VoicePrepError(
                "The question cannot be read aloud.",
                f"Speech cannot be written to {self._cache}: {error.strerror}.",
                "Free some space there, or read the question on the screen.",
            ) from error
        return kept

    def _synthesise_whole(self, text: str, folder: Path, cancel: Event) -> Path:
        """WORKAROUND: on a busy machine pyttsx3 2.99 loses a piece of one text in thirty.

        Nothing tells of it, so each text is synthesised twice, and the longer file taken.
        """
        made = (folder / "speech.wav", folder / "again.wav")
        for path in made:
            self._synthesise(text, path, cancel)
        return max(made, key=lambda path: path.stat().st_size)

    def _synthesise(self, text: str, path: Path, cancel: Event) -> None:
        """Have a child write ``path`` and see that nothing is missing."""
        expected_s = len(text.split()) * 60 / self._rate_wpm
        timeout_s = START_S + SYNTHESIS_SHARE * expected_s
        request = {
            "text": text,
            "path": str(path),
            "voice": self._voice,
            "rate_wpm": self._rate_wpm,
            "timeout_s": timeout_s,
        }
        ask(request, timeout_s, cancel)
        spoken_s = read_audio(path).duration_s
        if spoken_s < _LEAST_SHARE * expected_s:
            raise VoicePrepError(
                "The question cannot be read aloud.",
                f"The voice broke off after {spoken_s:.1f} of about {expected_s:.0f} seconds.",
                "Choose another voice in the settings, or read the question on the screen.",
            )

    def _key(self, text: str) -> str:
        parts = (sys.platform, self._voice, str(self._rate_wpm), text)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _speakable(text: str) -> str:
    """One line without anything that an engine cannot take, such as zero characters."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _prune(cache: Path) -> None:
    """Delete the texts not used for longest until the rest fits, and what crashes left."""
    for folder in cache.glob(".new-*"):
        with suppress(OSError):
            if folder.stat().st_mtime < time.time() - _ABANDONED_S:
                shutil.rmtree(folder, ignore_errors=True)
    sizes = {}
    for path in cache.glob("*.wav"):
        with suppress(OSError):  # another window may prune as well
            sizes[path] = (path.stat().st_mtime, path.stat().st_size)
    total = sum(size for _, size in sizes.values())
    for path, (_, size) in sorted(sizes.items(), key=lambda one: one[1]):
        if total <= CACHE_BYTES:
            break
        path.unlink(missing_ok=True)
        total -= size
