"""What another VoicePrep does meanwhile: ``python -m tests.store.child FOLDER TASK``.

It prints one line for each thing that is done and safe.
"""

import itertools
import resource
import sys
from dataclasses import replace
from pathlib import Path

from tests.store.records import SESSION, assessed, attempt
from voiceprep.errors import VoicePrepError
from voiceprep.interview.records import AttemptStatus
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders


def main(folder: str, task: str) -> None:
    history = SqliteHistory(Folders(Path(folder) / "data", Path(folder) / "cache"))
    {"write": write, "share": share, "record": record, "fill": fill}[task](history)
    history.close()


def say(line: object) -> None:
    print(line, flush=True)  # noqa: T201 - the parent reads it


def write(history: SqliteHistory) -> None:
    """Save answers until killed."""
    history.save_session(SESSION)
    for number in itertools.count():
        history.save_attempt(assessed(number))
        say(assessed(number).id)


def share(history: SqliteHistory) -> None:
    """Once told a name, save ten answers in a session of that name."""
    session = replace(SESSION, id=sys.stdin.readline().strip())
    history.save_session(session)
    for number in range(10):
        saved = replace(attempt(number, session=session), id=f"{session.id}-{number}")
        history.save_attempt(saved)
    say(len(history.sessions()))


def record(history: SqliteHistory) -> None:
    """Record until told to stop, as far as the history can see."""
    history.save_session(SESSION)
    path = history.new_recording_path(attempt().id)
    path.write_bytes(b"RIFF")
    history.save_attempt(attempt(status=AttemptStatus.RECORDING, recording=path))
    say("recording")
    sys.stdin.readline()
    history.save_attempt(attempt(status=AttemptStatus.WAITING, recording=path))


def fill(history: SqliteHistory) -> None:
    """Write until the system takes no more, then once more when it does again."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, most))
    history.save_session(SESSION)
    saved = 0
    try:
        while True:
            history.save_attempt(assessed(saved))
            saved += 1
    except VoicePrepError as error:
        say(error.title)
        say(error.cause)
        say(error.next_step)
    say(saved)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    history.save_attempt(assessed(saved))
    say(len(history.sessions()[0].attempts))


if __name__ == "__main__":
    main(*sys.argv[1:])
