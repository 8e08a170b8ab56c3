"""The composition root: the one place where real engines, store and banks are put together."""

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from voiceprep.bank.glossary import glossary
from voiceprep.bank.load import built_in_banks
from voiceprep.bank.model import Bank
from voiceprep.errors import VoicePrepError
from voiceprep.interview.judging import Judge
from voiceprep.interview.toolbox import Toolbox
from voiceprep.scoring.score import Scorer
from voiceprep.store.history import SqliteHistory
from voiceprep.store.paths import Folders, user_folders
from voiceprep.store.settings import Settings, load_settings

_log = logging.getLogger(__name__)

_WORKERS = 6
"""Speaking, preparing the next question, judging, warming up, playing, listing: each may block."""


def open_window() -> int:
    """Show the window until it is closed; returns the exit status."""
    from voiceprep.gui.run import run  # noqa: PLC0415 - Qt only where there is a window

    folders = user_folders()
    notice = take_up_leftovers(folders)
    return run(lambda settings: build_toolbox(settings, folders), folders, notice)


def take_up_leftovers(folders: Folders) -> VoicePrepError | None:
    """At the start: answers that a crash cut short wait to be transcribed from now on.

    Returns:
        What the user should be told: such answers, or a history that was damaged.
    """
    history = SqliteHistory(folders)
    try:
        waiting = history.recover()
        if history.notice is not None or not waiting:
            return history.notice
    except VoicePrepError as error:
        return error
    finally:
        history.close()
    return VoicePrepError(
        "VoicePrep ended while you were speaking the last time.",
        f"What you had said is kept ({len(waiting)} recording"
        + ("s)." if len(waiting) > 1 else ")."),
        "Open Review and choose Transcribe now.",
    )


def installed_scorer() -> Scorer:
    """The scorer with the model that compares meanings, or by words alone where it is missing."""
    from voiceprep.meaning.encoder import Encoder  # noqa: PLC0415 - numpy

    encoder = Encoder()
    if encoder.is_installed:
        return Scorer(encoder)
    _log.warning("the model that compares meanings is missing: answers are scored by their words")
    return Scorer(None)


def build_toolbox(
    settings: Settings,
    folders: Folders,
    *,
    banks: tuple[Bank, ...] | None = None,
    models: Path | None = None,
) -> Toolbox:
    """Engines by the user's settings; nothing heavy is loaded before it is used.

    Args:
        settings: What the user chose.
        folders: Where history and recordings are kept.
        banks: The banks to practise; else those that ship with the app.
        models: Where Whisper models lie; else in ``folders``.

    Raises:
        VoicePrepError: The history cannot be opened, or the chosen model is not there.
    """
    from voiceprep.speech.player import SoundPlayer  # noqa: PLC0415 - the window comes first
    from voiceprep.speech.recorder import MicrophoneRecorder  # noqa: PLC0415
    from voiceprep.speech.speaker import PyttsxSpeaker  # noqa: PLC0415
    from voiceprep.speech.transcribers.models import choose  # noqa: PLC0415
    from voiceprep.speech.transcribers.transcriber import ChildTranscriber  # noqa: PLC0415

    banks = built_in_banks() if banks is None else banks
    engine = choose(
        settings.engine,
        settings.model,
        models or folders.models,
        glossary(banks),
        languages=tuple(bank.language for bank in banks),
    )
    player = SoundPlayer(settings.output)
    scorer = installed_scorer()
    return Toolbox(
        banks=banks,
        speaker=PyttsxSpeaker(player, folders.speech, settings.voice, settings.rate_wpm),
        player=player,
        recorder=MicrophoneRecorder(settings.microphone),
        judge=Judge(
            ChildTranscriber(engine),
            scorer,
            SqliteHistory(folders),
            scorer_name=scorer.name,
            dictionary=lambda: load_settings(folders.settings).dictionary,
        ),
        executor=ThreadPoolExecutor(_WORKERS, thread_name_prefix="voiceprep"),
    )
