"""A session as one HTML page that needs nothing else: no font, no network, no script but its own.

With recordings the page plays what is clicked. Its content security policy names the hash of that
one script, so that nothing else could run, whatever found its way into the page.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from voiceprep.interview.records import SessionRecord
from voiceprep.report import phrases
from voiceprep.report.view import view


@dataclass(frozen=True, slots=True)
class Clip:
    """The recording of an answer, as far as the page has it.

    Attributes:
        src: Where the sound is: a ``data:`` address, or a path relative to the page.
        problem: Why there is none, in words.
    """

    src: str = ""
    problem: str = ""


def render(session: SessionRecord, clips: Mapping[str, Clip] | None = None) -> str:
    """The page; whatever comes from users, banks and transcripts is escaped in it.

    Args:
        session: What it shows.
        clips: Recordings by the attempts' ids; without any the page is silent and has no script.
    """
    environment = _environment()
    clips = clips or {}
    with_sound = any(clip.src for clip in clips.values())
    script = _source(environment, "report.js") if with_sound else ""
    page = environment.get_template("report.html.jinja")
    return page.render(
        session=view(session),
        clips=clips,
        policy=_policy(script),
        script=Markup(script),  # noqa: S704 - ours, from a file of ours
    )


def _policy(script: str) -> str:
    """What the page may load and run."""
    rules = ["default-src 'none'", "style-src 'unsafe-inline'"]
    if script:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        rules += [f"script-src 'sha256-{digest}'", "media-src data: file: 'self'"]
    return "; ".join(rules)


def _source(environment: Environment, name: str) -> str:
    """A template's own text."""
    loader: Any = environment.loader
    text: str = loader.get_source(environment, name)[0]
    return text


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("voiceprep.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_showable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = phrases.percent
    return environment


def _showable(value: object) -> object:
    """Texts without what no page may hold; markup of the template's own stays as it is."""
    return phrases.clean(value) if type(value) is str else value
