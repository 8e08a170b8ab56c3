"""Where the log goes: a file of the user's own, small, readable by its owner only."""

import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_LARGEST_BYTES = 1_000_000


def log_to(path: Path) -> None:
    """Send the app's log to a file; without one (no disk, no permission) it goes nowhere."""
    handler: logging.Handler
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
        handler = RotatingFileHandler(
            path, maxBytes=_LARGEST_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    _use(handler)


def log_nowhere() -> None:
    """Let go of the file, so that it can be deleted."""
    _use(logging.NullHandler())


def _use(handler: logging.Handler) -> None:
    handler.setFormatter(logging.Formatter(_FORMAT))
    logger = logging.getLogger("voiceprep")
    for old in logger.handlers[:]:
        logger.removeHandler(old)
        old.close()
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
