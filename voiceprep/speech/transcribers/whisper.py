"""Whisper through faster-whisper and CTranslate2; runs in the child process only."""

from threading import RLock
from typing import TYPE_CHECKING, Any

from voiceprep.errors import VoicePrepError
from voiceprep.scoring.transcript import Segment, Word
from voiceprep.speech.transcribers.messages import EngineChoice
from voiceprep.speech.transcribers.models import check_folder
from voiceprep.speech.vad import MIN_PAUSE_S

if TYPE_CHECKING:
    from voiceprep.speech.audio_file import Samples
    from voiceprep.speech.transcribers.child import Report

_SPEECH_PAD_MS = 400  # less clips the first and last sounds of a stretch
_NO_SPEECH, _LOG_PROBABILITY = 0.6, -1.0
"""Whisper's own thresholds: a segment that looks like silence and whose words are unlikely (the
mean log-probability of its tokens) is text made up from noise. Either alone proves nothing."""


class Whisper:
    """A loaded Whisper model."""

    def __init__(self, choice: EngineChoice) -> None:
        """Load the model.

        Raises:
            VoicePrepError: The folder is no whole model, or cannot be loaded.
        """
        import ctranslate2  # noqa: PLC0415 - heavy
        from tqdm import tqdm  # type: ignore[import-untyped]  # noqa: PLC0415 - only for this

        # faster-whisper's progress bars would share a lock between processes, whose loss Python
        # reports on stderr when the child is killed.
        tqdm.set_lock(RLock())
        from faster_whisper import WhisperModel  # noqa: PLC0415 - heavy

        if choice.model is None:
            raise VoicePrepError("No Whisper model is chosen.", "", "Choose one in Settings.")
        check_folder(choice.model)
        self.model = choice.model.name
        # Where Whisper is unsure it draws at random; the same recording shall give the same words.
        ctranslate2.set_random_seed(0)
        try:
            self._whisper: Any = WhisperModel(
                str(choice.model),
                device="cpu",
                compute_type="int8",
                cpu_threads=choice.threads,
                local_files_only=True,
            )
        except Exception as error:  # the libraries raise many kinds for a damaged file
            raise VoicePrepError(
                f"The Whisper model {choice.model} cannot be loaded.",
                f"{error}.",
                "Delete its folder and get it again, or choose the basic recogniser.",
            ) from error

    def segments(self, samples: "Samples", report: "Report") -> tuple[Segment, ...]:
        """Transcribe 16 kHz mono segment by segment."""
        found, _ = self._whisper.transcribe(
            samples,
            language="en",
            word_timestamps=True,
            vad_filter=True,
            vad_parameters={
                "min_silence_duration_ms": round(MIN_PAUSE_S * 1000),
                "speech_pad_ms": _SPEECH_PAD_MS,
            },
            # A wrong turn would otherwise be continued to the end.
            condition_on_previous_text=False,
            no_speech_threshold=_NO_SPEECH,
            log_prob_threshold=_LOG_PROBABILITY,
        )
        segments = []
        for segment in found:  # the work happens here
            report(segment.end)
            words = tuple(_word(word) for word in segment.words if word.word.strip())
            made_up = segment.no_speech_prob > _NO_SPEECH and segment.avg_logprob < _LOG_PROBABILITY
            if words and not made_up:
                segments.append(Segment.spoken(words))
        return tuple(segments)


def _word(word: Any) -> Word:
    start_s = max(float(word.start), 0.0)
    end_s = max(float(word.end), start_s)
    return Word(word.word.strip(), round(start_s, 2), round(end_s, 2), round(word.probability, 3))
