"""What a report can be; light, so that commands and dialogs can name the choices at once."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Form(StrEnum):
    """What a report can be; the value is also the ending of its file."""

    HTML = "html"
    PDF = "pdf"
    MARKDOWN = "md"
    JSON = "json"
    SRT = "srt"
    VTT = "vtt"

    @classmethod
    def of(cls, path: Path) -> "Form | None":
        """The form that a file's name asks for, or None."""
        ending = path.suffix.lower().removeprefix(".")
        known = {"htm": cls.HTML, "markdown": cls.MARKDOWN} | {one.value: one for one in cls}
        return known.get(ending)


class Sound(StrEnum):
    """What becomes of the recordings; only web pages take them."""

    EMBED = "embed"
    """Inside the page: one file that plays anywhere."""
    LINK = "link"
    """In a folder beside the page."""
    NONE = "none"
    """Left out."""


class Paper(StrEnum):
    """What a PDF is printed on."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Options:
    """How a session is to be written."""

    form: Form = Form.HTML
    sound: Sound = Sound.EMBED
    paper: Paper = Paper.A4
