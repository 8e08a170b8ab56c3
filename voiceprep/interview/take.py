"""One recording of an answer, from the opening of the microphone to the kept file."""

import logging
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock

from voiceprep.errors import PlaceError, VoicePrepError
from voiceprep.interview.ports import Hear, History, Recorder
from voiceprep.interview.records import Attempt, AttemptStatus, Recording

_log = logging.getLogger(__name__)


class Take:
    """Records one attempt and keeps it, whatever happens.

    ``open`` and ``close`` block and run on a worker; ``give_up`` may be called meanwhile by the
    thread that owns the interview. Of the two exactly one closes a microphone that is no longer
    wanted: the worker when it was given up before it delivered, else the one who gave it up.
    """

    def __init__(
        self, attempt: Attempt, recorder: Recorder, history: History, place: Path | None = None
    ) -> None:
        """Of this attempt; ``place``: a folder instead of the history's own."""
        self.attempt = attempt
        self._place = place
        self._recorder = recorder
        self._history = history
        self._lock = Lock()
        self._is_open = False
        self._given_up = False

    def open(self, hear: Hear | None = None) -> bool:
        """Open the microphone; False when it was given up meanwhile (then it is closed again).

        ``hear`` gets all that is recorded.

        Raises:
            VoicePrepError: The microphone cannot be opened, or the attempt cannot be kept.
        """
        if self._given_up:
            return False
        path = self._path()
        self.attempt = replace(self.attempt, recording=Recording(path, 0.0, 0))
        self._recorder.start(path, hear)
        try:
            self._history.save_attempt(self.attempt)
        except Exception:
            with suppress(VoicePrepError):  # it may complain that nothing was said yet
                self._recorder.stop()  # nobody would know that it listens
            raise
        with self._lock:
            self._is_open = not self._given_up
        if not self._is_open:
            self.close(AttemptStatus.SET_ASIDE)
        return self._is_open

    def move(self, folder: Path) -> None:
        """Keep the recording in another folder, from its first word on; blocks.

        Raises:
            VoicePrepError: The folder cannot be used either; all is as before.
        """
        path = folder / f"{self.attempt.id}.wav"
        self._recorder.move(path)
        self.attempt = replace(self.attempt, recording=Recording(path, 0.0, 0))
        self._history.save_attempt(self.attempt)

    def _path(self) -> Path:
        if self._place is not None:
            return self._place / f"{self.attempt.id}.wav"
        try:
            return self._history.new_recording_path(self.attempt.id)
        except VoicePrepError as error:
            raise PlaceError(
                error.title, error.cause, f"{error.next_step} Or choose another folder for now."
            ) from error

    def give_up(self) -> bool:
        """The recording is not wanted any more; True when it is open, so that you must close it."""
        with self._lock:
            self._given_up = True
            return self._is_open

    def close(self, status: AttemptStatus) -> Attempt:
        """End the recording and keep the attempt with this status.

        Raises:
            VoicePrepError: The recording did not end well; the attempt is kept as failed, with
                whatever the file holds.
        """
        try:
            recording = self._recorder.stop()
        except Exception as error:
            reason = str(error) or type(error).__name__
            _log.warning("recording %s did not end well: %s", self.attempt.id, reason)
            failed = replace(self.attempt, status=AttemptStatus.FAILED, failure=reason)
            self._history.save_attempt(failed)
            raise
        self.attempt = replace(self.attempt, status=status, recording=recording)
        self._history.save_attempt(self.attempt)
        return self.attempt
