"""From a recording to a kept verdict: the one way, used live and when trying again later."""

import logging
from dataclasses import dataclass, replace
from threading import Event

from voiceprep.bank.model import Question
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.interview.ports import History, Progress, Scorer, Transcriber
from voiceprep.interview.records import Attempt, AttemptStatus, Earlier, Revision, utc_now
from voiceprep.scoring.correction import Entry, corrected, with_dictionary
from voiceprep.scoring.transcript import Transcript

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Judge:
    """Transcribes, scores and keeps attempts.

    Attributes:
        transcriber: Hears the words.
        scorer: Gives the verdicts.
        history: Keeps them.
        scorer_name: Name and version of the scorer, as its assessments have it.
        dictionary: Words that the transcriber is known to mishear.
    """

    transcriber: Transcriber
    scorer: Scorer
    history: History
    scorer_name: str = ""
    dictionary: tuple[Entry, ...] = ()

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

    def correct(self, attempt: Attempt, text: str) -> Attempt:
        """Set the transcript of an attempt right, score and keep it; blocks.

        Raises:
            VoicePrepError: There is nothing to correct, the text is empty, or it cannot be kept.
        """
        if attempt.transcript is None:
            raise VoicePrepError(
                "There is no transcript yet.", "", "Transcribe the answer first, then correct it."
            )
        try:
            transcript = corrected(attempt.transcript, text)
        except ValueError as error:
            raise VoicePrepError(
                "The corrected transcript is empty.",
                "An answer without a word cannot be scored.",
                "Write what you said, or leave it as it was heard.",
            ) from error
        if transcript == attempt.transcript:
            return attempt
        return self._revised(attempt, transcript, Revision.CORRECTED)

    def rescore(self, attempt: Attempt, question: Question | None = None) -> Attempt:
        """Score an attempt again, with the checklist as it is now, and keep it; blocks.

        Args:
            attempt: With a transcript.
            question: As its bank has it now; None: as it was asked.

        Raises:
            VoicePrepError: It cannot be scored or kept.
        """
        if attempt.transcript is None:
            return attempt
        asked = replace(attempt, question=question or attempt.question)
        return self._revised(asked, attempt.transcript, Revision.RESCORED)

    def is_outdated(self, attempt: Attempt, question: Question | None = None) -> bool:
        """Whether scoring again may give another result; ``question`` as in ``rescore``."""
        if attempt.transcript is None or attempt.assessment is None:
            return False
        is_same = question is None or question == attempt.question
        return not is_same or attempt.assessment.scorer != self.scorer_name

    def _revised(self, attempt: Attempt, transcript: Transcript, reason: Revision) -> Attempt:
        """Scored anew; the result from before stays, and so do overrulings that still apply."""
        revised = self.score(attempt, transcript)
        known = {one.id for one in revised.assessment.concepts} if revised.assessment else set()
        kept = tuple(one for one in attempt.overrulings if one.concept_id in known)
        earlier = attempt.earlier
        if attempt.transcript is not None:
            before = Earlier(utc_now(), reason, attempt.transcript, attempt.standing)
            earlier = (*earlier, before)
        revised = replace(revised, overrulings=kept, earlier=earlier)
        self.history.save_attempt(revised)
        return revised

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
        heard = self.transcriber.transcribe(attempt.recording.path, cancel, progress)
        return with_dictionary(heard, self.dictionary)
