"""After a correction: offers to write a term that way wherever it is misheard again."""

from functools import partial

from voiceprep.errors import VoicePrepError
from voiceprep.gui.context import Context
from voiceprep.gui.errors import ErrorPanel
from voiceprep.gui.widgets.buttons import Button
from voiceprep.interview.records import Attempt
from voiceprep.scoring.correction import Entry, replaced, with_entry

LONGEST_ENTRY = 3
"""Words that the dictionary is offered for: more are a sentence, and not a term."""


class DictionaryOffer(ErrorPanel):
    """Hidden while there is nothing to offer."""

    def __init__(self, context: Context) -> None:
        super().__init__(alert=False)
        self._context = context

    def offer(self, before: Attempt, revised: Attempt) -> bool:
        """Offer the first word or two that were replaced; whether there are any."""
        if before.transcript is None or revised.transcript is None:
            return False
        for entry in replaced(before.transcript, revised.transcript)[:1]:
            if len(entry.heard.split()) > LONGEST_ENTRY:
                return False
            always = Button("Always")
            always.clicked.connect(partial(self._learn, entry))
            never = Button("Only here", "quiet")
            never.clicked.connect(self.clear)
            self.tell(
                VoicePrepError(f"Write “{entry.meant}” wherever “{entry.heard}” is heard?"),
                always,
                never,
            )
            return True
        return False

    def _learn(self, entry: Entry, _checked: bool = False) -> None:
        self.clear()
        known = self._context.settings.dictionary
        self._context.change_settings(dictionary=with_entry(known, entry))
