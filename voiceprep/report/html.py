"""A session as one HTML page that needs nothing else: no script, no font, no network."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from voiceprep.interview.records import SessionRecord
from voiceprep.report import phrases
from voiceprep.report.view import view


def render(session: SessionRecord) -> str:
    """The page; whatever comes from users, banks and transcripts is escaped in it."""
    return _template().render(session=view(session))


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("voiceprep.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_showable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = phrases.percent
    return environment.get_template("report.html.jinja")


def _showable(value: object) -> object:
    """Texts without what no page may hold; markup of the template's own stays as it is."""
    return phrases.clean(value) if type(value) is str else value
