"""Runs commands in this process as the shell would, and keeps what they print."""

import sys
from dataclasses import dataclass

import pytest

from voiceprep import cli


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """All that was printed, without the line breaks of narrow terminals."""
        return " ".join((self.out + self.err).split())


@dataclass
class Shell:
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *args: object) -> Result:
        self.monkeypatch.setattr(sys, "argv", ["voiceprep", *map(str, args)])
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as exit_:
            cli.main()
        printed = self.capsys.readouterr()
        return Result(int(exit_.value.code or 0), printed.out, printed.err)
