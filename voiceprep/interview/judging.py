"""From a recording to a kept verdict: the one way, used live and when trying again later."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event

from voiceprep.bank.model import Question
from voiceprep.errors import Cancelled, VoicePrepError
from voiceprep.interview.hearing import hear
from voiceprep.interview.ports import (
    Caption,
    History,
    Listening,
    Meter,
    Progress,
    Scorer,
    Transcriber,
)
from voiceprep.interview.records import (
    Attempt,
    AttemptStatus,
    Earlier,
    Revision,
    utc_now,
)
from voiceprep.scoring.correction import Entry, corrected, with_dictionary
from voiceprep.scoring.score import MEANING
from voiceprep.scoring.transcript import TYPED, Transcript

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Judge:
    """Transcribes, scores and keeps attempts.

    Attributes:
        transcriber: Hears the words.
        scorer: Gives the verdicts.
        history: Keeps them.
        scorer_name: Name and version of the scorer, as its assessments have it; "": unknown.
        dictionary: Gives the words that the transcriber is known to mishear, as they are by now.
        meter: Measures recordings, so that one that cannot be judged gets no score; None: all do.
    """

    transcriber: Transcriber
    scorer: Scorer
    history: History
    scorer_name: str = ""
    dictionary: Callable[[], tuple[Entry, ...]] = tuple
    meter: Meter | None = None

    def prepare(self, question: Question) -> None:
        """Score a text that nobody reads, so that the answer finds the scorer ready; blocks."""
        self.scorer(question, Transcript.typed(question.question))

    def listen(self, caption: Caption) -> Listening:
        """Transcribe an answer while it is being spoken; ``caption`` comes from a worker."""
        return self.transcriber.listen(
            lambda heard: caption(with_dictionary(heard, self.dictionary()))
        )

    def judge(
        self,
        attempt: Attempt,
        cancel: Event,
        progress: Progress | None = None,
        listening: Listening | None = None,
    ) -> Attempt:
        """Transcribe (unless it has a transcript), score and keep an attempt; blocks.

        One whose sound is unusable is kept without a score. ``listening`` has heard the answer
        while it was spoken. The attempt is kept before the work starts, and again whatever comes
        of it.

        Raises:
            VoicePrepError: The recording cannot be transcribed; it is kept as failed.
            Cancelled: ``cancel`` was set; it is kept as waiting.
        """
        attempt = replace(attempt, status=AttemptStatus.WAITING, failure="")
        self.history.save_attempt(attempt)
        try:
            transcript = attempt.transcript
            if transcript is None:
                heard = hear(attempt, self.transcriber, self.meter, cancel, progress, listening)
                transcript, attempt = heard.transcript, replace(attempt, sound=heard.sound)
            if transcript.engine != TYPED:
                transcript = with_dictionary(transcript, self.dictionary())
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
        if attempt.transcript is None or attempt.status is not AttemptStatus.ASSESSED:
            raise VoicePrepError(
                "There is no transcript yet.", "", "Transcribe the answer first, then correct it."
            )
        first = attempt.first_transcript
        try:
            transcript = (
                first
                if first is not None and text.split() == first.text.split()
                else corrected(attempt.transcript, text)
            )
        except ValueError as error:
            raise VoicePrepError(
                "The corrected transcript is empty.",
                "An answer without a word cannot be scored.",
                "Write what you said, or leave it as it was heard.",
            ) from error
        if transcript == attempt.transcript:
            return attempt
        if attempt.is_unusable:  # these words are the candidate's own
            attempt = replace(attempt, scored_anyway=True)
        return self._revised(attempt, transcript, Revision.CORRECTED)

    def score_anyway(self, attempt: Attempt) -> Attempt:
        """Score and keep an attempt although its sound is unusable; blocks.

        ``Attempt.without_score`` is the way back.

        Raises:
            VoicePrepError: It cannot be scored or kept.
        """
        if not attempt.is_unusable or attempt.transcript is None:
            return attempt
        scored = self.score(replace(attempt, scored_anyway=True), attempt.transcript)
        self.history.save_attempt(scored)
        return scored

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
        return self._revised(attempt, attempt.transcript, Revision.RESCORED, question)

    def is_outdated(self, asked: Question, scorer: str, question: Question | None = None) -> bool:
        """Whether scoring again may give another result.

        Args:
            asked: The question with the checklist that an answer was judged by.
            scorer: What judged it.
            question: As in ``rescore``.
        """
        other_checklist = question is not None and _checklist(question) != _checklist(asked)
        return other_checklist or _replaces(self.scorer_name, scorer)

    def _revised(
        self,
        attempt: Attempt,
        transcript: Transcript,
        reason: Revision,
        question: Question | None = None,
    ) -> Attempt:
        """Scored anew; the result from before stays, and so do overrulings that still apply.

        What gives the same result with the same checklist leaves no trace.
        """
        asked = attempt.question
        if question is not None:  # with today's checklist, but in the words that were asked
            asked = question.model_copy(update={"question": asked.question})
        revised = self.score(replace(attempt, question=asked), transcript)
        is_same = (revised.question, revised.transcript, revised.assessment) == (
            attempt.question,
            attempt.transcript,
            attempt.assessment,
        )
        if is_same or revised.assessment is None or attempt.transcript is None:
            return attempt
        known = {one.id for one in revised.assessment.concepts}
        kept = tuple(one for one in attempt.overrulings if one.concept_id in known)
        before = Earlier(
            utc_now(),
            reason,
            attempt.transcript,
            attempt.assessment,
            attempt.overrulings,
            attempt.question if attempt.question != revised.question else None,
        )
        revised = replace(revised, overrulings=kept, earlier=(*attempt.earlier, before))
        self.history.save_attempt(revised)
        return revised

    def score(self, attempt: Attempt, transcript: Transcript) -> Attempt:
        """The attempt with this transcript and its verdicts if it may have any; not kept yet."""
        usable = not attempt.is_unusable
        assessment = self.scorer(attempt.question, transcript) if usable else None
        return replace(
            attempt,
            status=AttemptStatus.ASSESSED,
            transcript=transcript,
            assessment=assessment,
            failure="",
        )


def _checklist(question: Question) -> tuple[object, ...]:
    """What of a question decides a verdict: not its category, nor what is asked afterwards."""
    concepts = (one.model_copy(update={"probe": ""}) for one in question.concepts)
    return (question.hint, *concepts)


def _replaces(scorer: str, other: str) -> bool:
    """Whether one scorer's verdicts are better than another's, as far as their names tell.

    Another version is; but words alone (where the model of meanings is missing) never replace
    what was judged by meanings.
    """
    if not scorer or scorer == other:
        return False
    names = scorer.partition("-")[0], other.partition("-")[0]
    return names[0] == names[1] or scorer.startswith(MEANING.partition("-")[0])
