"""The reason of a verdict, in words."""

from voiceprep.scoring.assessment import Level
from voiceprep.scoring.signals import Signals
from voiceprep.scoring.terms import How, TermMatch

_MOST = 0.6
"""From this share of a phrase on, "most of it" was said."""


def explain(level: Level, signals: Signals, denial: str) -> str:
    """One or two sentences: what decided, and what is missing."""
    if denial:
        return f"You named it but turned it down: “{denial}”."
    heard = [part for part in (_terms(signals.terms), _phrases(signals)) if part]
    if not heard or (level is Level.MISSED and not signals.terms):
        return "Nothing in the answer says this."
    said = " and ".join(heard)
    if level is Level.COVERED:
        return f"You {said}."
    if level is Level.PARTIAL:
        return f"You {said}, but the point itself is not fully made."
    return f"You {said}, but that alone does not make the point."


def _terms(terms: tuple[TermMatch, ...]) -> str:
    if not terms:
        return ""
    shown = [_term(match) for match in terms[:3]]
    listed = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
    return f"used the term{'s' if len(shown) > 1 else ''} {listed}"


def _term(match: TermMatch) -> str:
    misheard = match.how in {How.SIMILAR, How.SOUNDS}
    return f"“{match.term}”" + (f" ({match.how})" if misheard else "")


def _phrases(signals: Signals) -> str:
    if not signals.proofs:
        return ""
    match = max(signals.proofs, key=lambda one: one.recall)
    share = "most" if match.recall >= _MOST else "a part"
    return f"said {share} of “{match.phrase.text}”"
