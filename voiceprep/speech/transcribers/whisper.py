"""Whisper through faster-whisper and CTranslate2; runs in the child process only."""

import logging
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

_log = logging.getLogger(__name__)

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

        self._make = WhisperModel
        if choice.model is None:
            raise VoicePrepError("No Whisper model is chosen.", "", "Choose one in Settings.")
        check_folder(choice.model)
        self.model = choice.model.name
        # Where Whisper is unsure it draws at random; the same recording shall give the same words.
        ctranslate2.set_random_seed(0)
        self._choice = choice
        self._language = choice.language or None  # None: Whisper finds out which one is spoken
        self.device = "cpu"
        try:
            self._whisper: Any = self._loaded_on_cuda() or self._loaded_on_cpu()
        except Exception as error:  # the libraries raise many kinds for a damaged file
            raise VoicePrepError(
                f"The Whisper model {choice.model} cannot be loaded.",
                f"{error}.",
                "Delete its folder and get it again, or choose the basic recogniser.",
            ) from error

    def segments(self, samples: "Samples", report: "Report") -> tuple[Segment, ...]:
        """Transcribe 16 kHz mono segment by segment."""
        try:
            return self._segments(samples, report)
        except RuntimeError as error:
            if self.device == "cpu":
                raise
            # The graphics card's memory is full, or its driver gave up; the processor never does.
            _log.warning("CUDA failed (%s); the processor takes over", error)
            self._whisper = self._loaded_on_cpu()
            return self._segments(samples, report)

    def _loaded_on_cuda(self) -> Any:
        """The model on a CUDA device, tried out; None if there is none or it does not work."""
        import ctranslate2  # noqa: PLC0415 - heavy

        if self._choice.device == "cpu" or not ctranslate2.get_cuda_device_count():
            return None
        try:
            kinds = ctranslate2.get_supported_compute_types("cuda")
            kind = next(one for one in ("int8_float16", "float16", "float32") if one in kinds)
            whisper = self._make(
                str(self._choice.model), device="cuda", compute_type=kind, local_files_only=True
            )
            # cuBLAS and cuDNN are looked for at the first use only.
            whisper.encode(_silent_window(whisper))
        except Exception as error:  # noqa: BLE001 - whatever it is, the processor can do it
            _log.warning("CUDA does not work here (%s); the processor is used", error)
            return None
        self.device = "cuda"
        return whisper

    def _loaded_on_cpu(self) -> Any:
        self.device = "cpu"
        return self._make(
            str(self._choice.model),
            device="cpu",
            compute_type="int8",
            cpu_threads=self._choice.threads,
            local_files_only=True,
        )

    def _segments(self, samples: "Samples", report: "Report") -> tuple[Segment, ...]:
        """Transcribe; each window is padded to 30 s, as Whisper was trained.

        CTranslate2 would take shorter ones (15 s need about a quarter of the encoder's time), but a
        model that was not trained for them is known to repeat itself: whisper.cpp, issue 1951.
        """
        plain = self._whisper.model
        self._whisper.model = _Stepping(plain, report)
        try:
            return self._heard(samples, report)
        finally:
            self._whisper.model = plain

    def _heard(self, samples: "Samples", report: "Report") -> tuple[Segment, ...]:
        found, _ = self._whisper.transcribe(
            samples,
            language=self._language,
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


class _Stepping:
    """A CTranslate2 model that reports before each of its attempts at a window.

    Where Whisper is unsure there are up to six: one step would be too long.
    """

    def __init__(self, model: Any, report: "Report") -> None:
        self._model = model
        self._report = report

    def generate(self, *given: Any, **named: Any) -> Any:
        self._report(0.0)
        return self._model.generate(*given, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


def _silent_window(whisper: Any) -> Any:
    """The features of 30 s of silence, which is what Whisper listens to at once."""
    import numpy as np  # noqa: PLC0415 - heavy

    frames = whisper.feature_extractor.nb_max_frames
    return np.zeros((whisper.model.n_mels, frames), dtype=np.float32)


def _word(word: Any) -> Word:
    start_s = max(float(word.start), 0.0)
    end_s = max(float(word.end), start_s)
    return Word(word.word.strip(), round(start_s, 2), round(end_s, 2), round(word.probability, 3))
