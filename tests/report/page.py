"""Reads a report as a browser does, and refuses what is not well formed."""

from html.parser import HTMLParser

_VOID = {"meta", "br", "circle", "path"}
_ALLOWED = set(
    """
    html head meta title style body main header section article aside footer nav div span p a
    h1 h2 h3 h4 ol ul li dl dt dd table thead tbody tr th td blockquote b mark figure figcaption
    svg circle path text audio button script
    """.split()  # noqa: SIM905 - forty quotation marks would hide the names
)


class Page(HTMLParser):
    """A page that was read: its tags with attributes, its words, its ids."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.style = ""
        self.script = ""
        self.texts: list[str] = []
        """What is shown, one entry a block of text."""
        self.marked: list[str] = []
        self.feed(source)
        self.close()
        assert self._open == [], f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _ALLOWED, f"a tag that the template never writes: {tag}"
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"an attribute twice: {tag} {names}"
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "mark":
            self.marked.append("")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _VOID, f"closed in itself: {tag}"
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"closed and never opened: {tag}"
        assert self._open.pop() == tag, f"closed out of order: {tag}"

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "style":
            self.style += data
        elif self._open and self._open[-1] == "script":
            self.script += data
        elif data.strip():
            assert self._open, f"text outside of the page: {data!r}"
            self.texts.append(data)
            if "mark" in self._open:
                self.marked[-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        assert decl == "DOCTYPE html"

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def all(self, attribute: str) -> list[str]:
        """Every value of an attribute on the page."""
        return [attrs[attribute] for _, attrs in self.tags if attribute in attrs]

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)
