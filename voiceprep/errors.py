"""The one family of errors that the user can mend."""


class VoicePrepError(Exception):
    """Something the user can mend: what happened, why, and what to do next.

    It is shown in place, in words, and never as a traceback. Anything else that is raised is a
    mistake of ours and goes to the log.

    Args:
        title: What happened, in one short sentence that names the thing.
        cause: Why, as far as it is known.
        next_step: What the user can do now.
    """

    def __init__(self, title: str, cause: str = "", next_step: str = "") -> None:
        super().__init__(title, cause, next_step)
        self.title = title
        self.cause = cause
        self.next_step = next_step

    def __str__(self) -> str:
        """All three parts as one paragraph."""
        return " ".join(part for part in (self.title, self.cause, self.next_step) if part)


class PlaceError(VoicePrepError):
    """A place on a disk that takes nothing (more); another place may."""


class NothingHeardError(VoicePrepError):
    """A recording in which no words could be made out."""


class Cancelled(Exception):  # noqa: N818 - no error: the user asked for it
    """The user stopped a piece of work before it was done."""
