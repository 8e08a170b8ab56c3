"""From a recording to its words, and to the verdict on its sound."""

import logging
from dataclasses import dataclass
from threading import Event

from voiceprep.errors import NothingHeardError, VoicePrepError
from voiceprep.interview.ports import Listening, Meter, Progress, Transcriber
from voiceprep.interview.records import Attempt, Recording
from voiceprep.interview.sound import SoundLevels
from voiceprep.interview.sound_verdict import SoundVerdict, sound_verdict
from voiceprep.scoring.transcript import NOTHING_HEARD, Transcript

_log = logging.getLogger(__name__)

_SAME_LENGTH_S = 0.05
"""By so much may what was heard live differ from the recording."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What there is in a recording.

    Attributes:
        transcript: The words; none where the sound tells why.
        sound: Whether they can be trusted; None where that cannot be found out.
    """

    transcript: Transcript
    sound: SoundVerdict | None


def hear(
    attempt: Attempt,
    transcriber: Transcriber,
    meter: Meter | None,
    cancel: Event,
    progress: Progress | None = None,
    listening: Listening | None = None,
) -> Heard:
    """Transcribe the recording of an attempt and judge its sound; blocks.

    What ``listening`` has heard while it was spoken need not be heard a second time.

    Raises:
        NothingHeardError: There are no words in it, and there is no meter to tell why.
        VoicePrepError: It cannot be transcribed.
        Cancelled: ``cancel`` was set.
    """
    recording = attempt.recording
    if recording is None:
        raise VoicePrepError(
            "This attempt has no recording and no text.",
            "Nothing was kept of it but the question.",
            "Answer the question again.",
        )
    live = None if listening is None else listening.finish(cancel, progress)
    if listening is not None and live is not None and _is_whole(live, recording):
        return Heard(live, _judged(listening.levels, live, recording))
    try:
        heard = transcriber.transcribe(recording.path, cancel, progress)
    except NothingHeardError:
        silent = _judged(_levels(recording, meter), NOTHING_HEARD, recording)
        if silent is None:
            raise
        return Heard(NOTHING_HEARD, silent)
    return Heard(heard, _judged(_levels(recording, meter), heard, recording))


def _is_whole(heard: Transcript, recording: Recording) -> bool:
    """Whether this is all that was said, as far as one can tell."""
    if not heard.segments:
        return False  # the file tells why
    if abs(heard.duration_s - recording.duration_s) > _SAME_LENGTH_S:
        _log.warning(
            "heard %.2f s of %.2f s live: the file is transcribed",
            heard.duration_s,
            recording.duration_s,
        )
        return False
    return True


def _levels(recording: Recording, meter: Meter | None) -> SoundLevels | None:
    try:
        return None if meter is None else meter(recording.path)
    except VoicePrepError as error:
        _log.warning("the sound of %s cannot be measured: %s", recording.path, error)
        return None


def _judged(
    levels: SoundLevels | None, heard: Transcript, recording: Recording
) -> SoundVerdict | None:
    return None if levels is None else sound_verdict(levels, heard, recording.clipped_s)
