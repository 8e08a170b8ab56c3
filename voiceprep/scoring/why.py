"""The reason of a verdict, in words that are true of the answer."""

from voiceprep.scoring.answer import Answer
from voiceprep.scoring.assessment import Assessment, Evidence, Level
from voiceprep.scoring.signals import Signals
from voiceprep.scoring.terms import How, TermMatch

_NEARLY_ALL = 0.8
"""From this share of a phrase on, it counts as said."""

_MOST_SHOWN = 4

NOTHING = "Nothing in the answer says this."
LISTED = "You named it in a list of terms, but in no sentence that makes the point."


def explain(level: Level, signals: Signals, answer: Answer) -> str:
    """What decided, and what is missing."""
    heard = [part for part in (_terms(signals.terms), _phrase(signals, answer)) if part]
    if not heard:
        return NOTHING
    said = f"You {' and '.join(heard)}"
    if level is Level.COVERED:
        return f"{said}."
    if level is Level.PARTIAL:
        return f"{said}, but the point itself is not fully made."
    return f"{said}, but that alone does not make the point."


def explain_denial(denied: tuple[Evidence, ...]) -> str:
    """Why something that was named does not count."""
    return f"You spoke of it but turned it down: {_listed([_quoted(one.quote) for one in denied])}."


def explain_likeness(level: Level, phrase: str, missing: str, signals: Signals) -> str:
    """Which way of putting it a stretch resembles, and what of the point it lacks ("": unknown)."""
    terms = _terms(signals.terms)
    also = f" You {terms}." if terms else ""
    if level is Level.COVERED:
        return f"This says much the same as {_quoted(phrase)}.{also}"
    lacks = f"says too little of {_quoted(missing)}" if missing else "does not fully make the point"
    return f"This comes near {_quoted(phrase)}, but {lacks}.{also}"


def explain_trap(phrase: str) -> str:
    """Why something that sounds close does not count."""
    return f"This comes close to {_quoted(phrase)}, which is not the point."


def explain_terms(assessment: Assessment) -> str:
    """The second figure: whether the field's own terms were used, whatever was made of them."""
    return f"Key terms said for {assessment.named} of {len(assessment.concepts)} concepts"


def _terms(terms: tuple[TermMatch, ...]) -> str:
    if not terms:
        return ""
    shown = terms[:_MOST_SHOWN]
    return f"used the term{'s' if len(shown) > 1 else ''} {_listed([_term(one) for one in shown])}"


def _term(match: TermMatch) -> str:
    misheard = match.how in {How.SIMILAR, How.SOUNDS}
    return _quoted(match.term) + (f" ({match.how})" if misheard else "")


def _phrase(signals: Signals, answer: Answer) -> str:
    if not signals.proofs:
        return ""
    match = max(signals.proofs, key=lambda one: one.recall)
    if match is signals.says:
        how = "put it much like" if match.recall >= _NEARLY_ALL else "came near"
        return f"{how} {_quoted(match.phrase.text)}"
    if match.recall >= _NEARLY_ALL:
        return f"said what {_quoted(match.phrase.text)} says"
    words = [answer.tokens[number] for number in match.hits[:_MOST_SHOWN]]
    said = [_quoted(answer.text[word.start : word.end]) for word in words]
    return f"said {_listed(said)} of {_quoted(match.phrase.text)}"


def _quoted(words: str) -> str:
    return f"“{' '.join(words.split())}”"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
