"""From a recording to a kept verdict: the one way, used live and when trying again later."""

import logging
from dataclasses import dataclass, replace
from threading import Event

from voiceprep.bank.model import Question
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.interview.ports import History, Progress, Scorer, Transcriber
from voiceprep.interview.records import Attempt, AttemptStatus
from voiceprep.scoring.transcript import Transcript

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Judge:
    """Transcribes, scores and keeps attempts."""

    transcriber: Transcriber
    scorer: Scorer
    history: History

    def prepare(self, question: Question) -> None:
        """Score a text that nobody reads, so that the answer finds the scorer ready; blocks."""
        self.scorer(question, Transcript.typed(question.question))

    def judge(self, attempt: Attempt, cancel: Event, progress: Progress | None = None) -> Attempt:
        """Transcribe (unless it has a transcript), score and keep an attempt; blocks.

        The attempt is kept before the work starts, and again whatever comes of it.

        Raises:
            VoicePrepError: The recording cannot be transcribed; it is kept as failed.
            Cancelled: ``cancel`` was set; it is kept as waiting.
        """
        attempt = replace(attempt, status=AttemptStatus.WAITING, failure="")
        self.history.save_attempt(attempt)
        try:
            transcript = attempt.transcript or self._transcribe(attempt, cancel, progress)
            attempt = replace(attempt, transcript=transcript)
            judged = self.score(attempt, transcript)
        except Cancelled:
            raise
        except Exception as error:
            reason = str(error) or type(error).__name__
            failed = replace(attempt, status=AttemptStatus.FAILED, failure=reason)
            self.history.save_attempt(failed)
            _log.warning("attempt %s could not be judged: %s", attempt.id, reason)
            raise
        self.history.save_attempt(judged)
        return judged

    def score(self, attempt: Attempt, transcript: Transcript) -> Attempt:
        """The attempt with this transcript and its verdicts, not kept yet."""
        assessment = self.scorer(attempt.question, transcript)
        return replace(
            attempt,
            status=AttemptStatus.ASSESSED,
            transcript=transcript,
            assessment=assessment,
            failure="",
        )

    def _transcribe(self, attempt: Attempt, cancel: Event, progress: Progress | None) -> Transcript:
        if attempt.recording is None:
            raise VoicePrepError(
                "This attempt has no recording and no text.",
                "Nothing was kept of it but the question.",
                "Answer the question again.",
            )
        return self.transcriber.transcribe(attempt.recording.path, cancel, progress)
