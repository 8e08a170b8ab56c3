"""The recordings of one sitting: the one at hand, and the one that the disk did not take yet."""

from collections.abc import Callable
from pathlib import Path

from voiceprep.errors import VoicePrepError
from voiceprep.interview.background import Post, Turns, problem_of
from voiceprep.interview.judging import Judge
from voiceprep.interview.machine import IllegalMoveError
from voiceprep.interview.ports import Caption, Listening, Recorder
from voiceprep.interview.records import Attempt, AttemptStatus
from voiceprep.interview.take import Take

Done = Callable[[Take, VoicePrepError | None], None]
"""Told on the owner's thread when something was done with a take, and what went wrong."""


class Takes:
    """At most one take is at hand; what blocks runs on workers, in turn with what speaks.

    Attributes:
        at_hand: Being opened or recorded.
        unsaved: Stopped last; the disk may not have taken all of it.
        listening: Hears what is recorded while it is spoken.
    """

    def __init__(self, recorder: Recorder, judge: Judge, sound: Turns, post: Post) -> None:
        self._recorder = recorder
        self._judge = judge
        self._sound = sound
        self._post = post
        self._place: Path | None = None
        self.at_hand: Take | None = None
        self.unsaved: Take | None = None
        self.listening: Listening | None = None

    def prepare(self, attempt: Attempt, caption: Caption) -> None:
        """Take an attempt to hand; ``caption`` comes from a worker."""
        self.at_hand = Take(attempt, self._recorder, self._judge.history, self._place)
        self.listening = self._judge.listen(caption)

    def open(self, opened: Done) -> None:
        """Open the microphone for the take at hand."""
        take, listening = self.at_hand, self.listening
        if take is None or listening is None:
            raise IllegalMoveError("nothing was prepared")

        def open_microphone() -> None:
            problem = problem_of(
                lambda: take.open(listening.feed),
                "The recording could not be started.",
                "Try again, or type your answer.",
            )
            self._post(lambda: opened(take, problem))

        self._sound.submit(open_microphone)

    def move(self, folder: Path, moved: Done, *, is_open: bool) -> bool:
        """Keep recordings in this folder from now on, and move the open or the unsaved one there.

        Returns:
            Whether there is one to move.
        """
        self._place = folder
        take = self.at_hand if is_open else self.unsaved
        if take is None:
            return False

        def work() -> None:
            problem = problem_of(
                lambda: take.move(folder), "The folder cannot be used.", "Choose another folder."
            )
            self._post(lambda: moved(take, problem))

        self._sound.submit(work)
        return True

    def complete(self) -> Take:
        """The take at hand, which is unsaved now; closing it is the caller's."""
        self.unsaved = self._taken()
        return self.unsaved

    def close(self, status: AttemptStatus) -> None:
        """Close and keep the take at hand, once the sound before it has ended."""
        self._close(self._taken(), status)

    def give_up(self) -> None:
        """The microphone is not wanted any more, while it is being opened."""
        take = self._taken()
        self.stop_listening()
        if take.give_up():
            self._close(take, AttemptStatus.SET_ASIDE)

    def drop(self) -> None:
        """The microphone did not open."""
        self.at_hand = None
        self.stop_listening()

    def unsaved_of(self, attempt: Attempt) -> Take | None:
        """What was stopped but not kept of an attempt."""
        take = self.unsaved
        return take if take is not None and take.attempt.id == attempt.id else None

    def stop_listening(self) -> None:
        """Nobody waits for the words of this answer any more."""
        listening, self.listening = self.listening, None
        if listening is not None:
            listening.give_up()

    def _taken(self) -> Take:
        """The take at hand, which is at hand no more."""
        take, self.at_hand = self.at_hand, None
        if take is None:
            raise IllegalMoveError("no recording is open")
        return take

    def _close(self, take: Take, status: AttemptStatus) -> None:
        self._sound.submit(
            lambda: problem_of(
                lambda: take.close(status), "A recording did not end well.", "It is kept."
            )
        )
