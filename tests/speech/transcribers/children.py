"""Children that go wrong in ways of their own, to be put in the place of the real one."""

import os
from typing import Any

from voiceprep.speech.transcribers.child import Engine, _Line
from voiceprep.speech.transcribers.child import main as real_main
from voiceprep.speech.transcribers.messages import EngineChoice, Ready


def talks_nonsense(connection: Any, _: EngineChoice) -> None:
    connection.send_bytes(b"terminate called after throwing an instance of std::bad_alloc")
    connection.poll(60)


def sends_no_message(connection: Any, _: EngineChoice) -> None:
    connection.send({"text": "a message of another program"})
    connection.poll(60)


def waits_for_ever(connection: Any, _: EngineChoice) -> None:
    """Takes a job and says that it is alive, but does nothing any more."""
    line = _Line(connection)
    connection.send(Ready("en-us"))
    connection.recv()
    with line.beating():
        connection.poll(60)


def turns_in_circles(connection: Any, choice: EngineChoice) -> None:
    """Transcribes the first stretch, and comes to no end with the second."""
    from voiceprep.speech.transcribers import child  # noqa: PLC0415

    load = child._load

    class Circling:
        def __init__(self, engine: Engine) -> None:
            self.model = engine.model
            self._engine = engine
            self._stretches = 0

        def segments(self, samples: Any, report: Any) -> Any:
            self._stretches += 1
            while self._stretches > 1:
                pass
            return self._engine.segments(samples, report)

    child._load = lambda choice: Circling(load(choice))
    real_main(connection, choice)


def prints(connection: Any, choice: EngineChoice) -> None:
    """As native code does, past sys.stdout."""
    from voiceprep.speech.transcribers import child  # noqa: PLC0415

    load = child._load

    def loudly(choice: EngineChoice) -> Engine:
        os.write(1, b"whisper_init: loading\n")
        return load(choice)

    child._load = loudly
    real_main(connection, choice)
