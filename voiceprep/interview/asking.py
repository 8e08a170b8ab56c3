"""Reads the questions aloud, one at a time."""

from collections.abc import Callable
from concurrent.futures import Executor
from threading import Event as Flag

from voiceprep.errors import VoicePrepError
from voiceprep.interview.background import Post, Turns, problem_of
from voiceprep.interview.ports import Speaker

Asked = Callable[[VoicePrepError | None], None]
"""Told when a question was read to its end or cut short, and what went wrong."""


class Asking:
    """The voice of one sitting; driven from the thread that owns the interview.

    Args:
        speaker: None: questions are only shown, and asked at once.
        sound: Whatever speaks or listens, in turn.
        executor: Synthesises ahead.
        post: Brings the answer back to the owner's thread.
    """

    def __init__(
        self, speaker: Speaker | None, sound: Turns, executor: Executor, post: Post
    ) -> None:
        self._speaker = speaker
        self._sound = sound
        self._executor = executor
        self._post = post
        self._silence = Flag()

    def ask(self, text: str, asked: Asked) -> None:
        """Read this; ``asked`` is not told of it when another question was put meanwhile."""
        self.hush()
        silence = self._silence = Flag()
        speaker = self._speaker
        if speaker is None:
            asked(None)
            return

        def told(problem: VoicePrepError | None) -> None:
            if silence is self._silence:
                asked(problem)

        def read_aloud() -> None:
            problem = None
            if not silence.is_set():
                problem = problem_of(
                    lambda: speaker.say(text, silence),
                    "The question could not be read aloud.",
                    "Read it on the screen and answer as usual.",
                )
            self._post(lambda: told(problem))

        self._sound.submit(read_aloud)

    def prepare(self, text: str) -> None:
        """Have this ready before it is asked."""
        speaker = self._speaker
        if speaker is not None:
            self._executor.submit(
                problem_of,
                lambda: speaker.prepare(text),
                "The next question was not synthesised ahead.",
                "",
            )

    def hush(self) -> None:
        """Fall silent."""
        self._silence.set()
