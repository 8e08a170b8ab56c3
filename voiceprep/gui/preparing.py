"""Makes pages ahead, between what the person does, so that no visit has to wait."""

from collections import deque
from collections.abc import Callable, Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from voiceprep.gui.context import Context
from voiceprep.gui.pages.page import Page

_BREATH_MS = 100
"""Between two pages, or parts of one, that are made ahead: time to paint and to answer a key."""


class Preparing(QObject):
    """Begins once the engines are there; imports are done on a worker.

    Args:
        context: Whose engines are waited for.
        owner: The window that the pages are for.
        modules: Names of the pages' modules that are imported first.
        makers: Each makes one page, on the window's thread.
    """

    def __init__(
        self,
        context: Context,
        owner: QObject,
        modules: Sequence[str],
        makers: Sequence[Callable[[], Page]],
    ) -> None:
        super().__init__(owner)
        self._context = context
        self._modules = tuple(modules)
        self._makers = deque(makers)
        self._parts = deque[Callable[[], object]]()
        self._has_begun = False
        self._breath = QTimer(self)
        self._breath.setInterval(_BREATH_MS)
        self._breath.timeout.connect(self._make_next)
        context.engines_changed.connect(self._begin)

    def stop(self) -> None:
        """The window closes: make no more."""
        self._breath.stop()

    def _begin(self) -> None:
        if self._context.toolbox is None or self._has_begun:
            return
        self._has_begun = True

        def load() -> None:
            for name in self._modules:
                import_module(f"voiceprep.gui.pages.{name}")

        self._context.jobs.run(self, load, lambda _: self._breath.start())

    def _make_next(self) -> None:
        if self._parts:
            self._parts.popleft()()
        elif self._makers:
            self._parts.extend(self._makers.popleft()().parts)
        else:
            self._breath.stop()
