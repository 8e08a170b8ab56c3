"""Settings of the window's looks and of how long an answer should be."""

from voiceprep.gui.context import Context
from voiceprep.gui.widgets.buttons import Choice
from voiceprep.gui.widgets.picker import Stepper
from voiceprep.gui.widgets.settings.setting import Section

_THEMES = (("system", "System"), ("light", "Light"), ("dark", "Dark"))
_STEP_S = 10


class AppearanceSection(Section):
    """Light, dark, or as the desktop has it."""

    def __init__(self, context: Context) -> None:
        super().__init__("Appearance")
        self.theme = Choice("Theme", _THEMES, context.settings.theme)
        self.theme.changed.connect(lambda value: context.change_settings(theme=value))
        self.add_row("Theme", self.theme)
        context.settings_changed.connect(lambda: self.theme.set_value(context.settings.theme))


class RatingSection(Section):
    """Whether the candidate rates an answer before its result is shown."""

    def __init__(self, context: Context) -> None:
        super().__init__("Before the result")
        rates = "on" if context.settings.rate_myself else "off"
        self.rates = Choice("Rate myself first", (("on", "On"), ("off", "Off")), rates)
        self.rates.changed.connect(lambda value: context.change_settings(rate_myself=value == "on"))
        self.add_row(
            "Rate myself first",
            self.rates,
            "You say how much you covered, then see how much it was.",
        )


class CaptionsSection(Section):
    """Whether what is heard is shown while the candidate speaks."""

    def __init__(self, context: Context) -> None:
        super().__init__("While you answer")
        shown = "on" if context.settings.captions else "off"
        self.captions = Choice("Live captions", (("on", "On"), ("off", "Off")), shown)
        self.captions.changed.connect(lambda value: context.change_settings(captions=value == "on"))
        self.add_row(
            "Live captions",
            self.captions,
            "Your words appear as you pause. Without them you look up, as in a real interview.",
        )


_THINKING = (("0", "Off"), ("15", "15 s"), ("30", "30 s"), ("60", "1 min"))
_LIMITS = (("0", "Off"), ("120", "2 min"), ("180", "3 min"), ("300", "5 min"))


class MomentSection(Section):
    """When an answer begins and ends by itself; the person decides unless it is asked for."""

    def __init__(self, context: Context) -> None:
        super().__init__("Beginning and end of an answer")
        settings = context.settings
        self.stops = Choice(
            "Stop by itself", (("on", "On"), ("off", "Off")), "on" if settings.auto_stop else "off"
        )
        self.silence = Stepper("Seconds of silence", "One second less", "One second more")
        self.silence.spin.setRange(3, 30)
        self.silence.spin.setKeyboardTracking(False)
        self.silence.spin.setValue(settings.auto_stop_s)
        self.thinking = Choice("Time to think", _THINKING, str(settings.thinking_s))
        self.limit = Choice("Time limit", _LIMITS, str(settings.limit_s))
        self.add_row(
            "Stop by itself", self.stops, "After a silence, with a countdown; speaking cancels it."
        )
        self.add_row("Seconds of silence", self.silence)
        self.add_row("Time to think", self.thinking, "Then the recording begins by itself.")
        self.add_row(
            "Time limit", self.limit, "Told 30 seconds before; your last sentence is never cut."
        )
        change = context.change_settings
        self.stops.changed.connect(lambda value: change(auto_stop=value == "on"))
        self.silence.spin.valueChanged.connect(lambda value: change(auto_stop_s=value))
        self.thinking.changed.connect(lambda value: change(thinking_s=int(value)))
        self.limit.changed.connect(lambda value: change(limit_s=int(value)))


class LengthSection(Section):
    """The band in which the length of an answer is called right."""

    def __init__(self, context: Context) -> None:
        super().__init__("Length of an answer")
        self._context = context
        self.least = _seconds("At least, in seconds", 10, 600)
        self.most = _seconds("At most, in seconds", 20, 900)
        self.least.spin.setValue(context.settings.target_min_s)
        self.most.spin.setValue(context.settings.target_max_s)
        self.add_row(
            "At least, in seconds", self.least, "Shorter answers are called short, not wrong."
        )
        self.add_row("At most, in seconds", self.most, "Most coaches advise one to two minutes.")
        self.least.spin.valueChanged.connect(self._least_changed)
        self.most.spin.valueChanged.connect(self._most_changed)

    def _least_changed(self, value: int) -> None:
        if self.most.value < value + _STEP_S:
            self.most.spin.setValue(value + _STEP_S)
        self._save()

    def _most_changed(self, value: int) -> None:
        if self.least.value > value - _STEP_S:
            self.least.spin.setValue(value - _STEP_S)
        self._save()

    def _save(self) -> None:
        if self.least.value < self.most.value:
            self._context.change_settings(
                target_min_s=self.least.value, target_max_s=self.most.value
            )


def _seconds(name: str, low: int, high: int) -> Stepper:
    made = Stepper(name, f"{_STEP_S} seconds less", f"{_STEP_S} seconds more")
    made.spin.setRange(low, high)
    made.spin.setSingleStep(_STEP_S)
    made.spin.setKeyboardTracking(False)
    return made
