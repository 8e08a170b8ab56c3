"""What there is to see of an interview."""

from dataclasses import dataclass

from voiceprep.bank.model import Question
from voiceprep.errors import VoicePrepError
from voiceprep.interview.machine import State
from voiceprep.interview.records import Attempt
from voiceprep.scoring.transcript import Transcript


@dataclass(frozen=True, slots=True)
class View:
    """All that a screen needs to draw the interview.

    Attributes:
        state: Where the interview is.
        position: Index of the question, from 0.
        questions: All questions of this sitting.
        attempt: The attempt at hand: being recorded, transcribed or reviewed.
        progress: Share of the transcribing that is done, 0 to 1.
        failure: Why the state is FAILED.
        notice: Something that went wrong without stopping the interview (no voice, say).
        starting: The microphone is being opened.
        caption: What was heard so far of the answer that is being spoken or transcribed.
        ended_by: Why the answer ended by itself, in words; "" where the person ended it.
    """

    state: State
    position: int
    questions: tuple[Question, ...]
    attempt: Attempt | None = None
    progress: float = 0.0
    failure: VoicePrepError | None = None
    notice: VoicePrepError | None = None
    starting: bool = False
    caption: Transcript | None = None
    ended_by: str = ""

    @property
    def question(self) -> Question:
        """The question at hand."""
        return self.questions[self.position]

    @property
    def is_last(self) -> bool:
        """Whether no question follows."""
        return self.position + 1 >= len(self.questions)
