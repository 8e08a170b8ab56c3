"""Whether a stretch of speech turns down what it speaks of.

``polarity`` finds which words a denial governs; that needs a denial in the same clause. People
also name a thing and dismiss it afterwards: "A feedback loop, nobody reads those, so no." These
are the cues for that. They are soft: of sentences that make a point 2 to 5 % have one, of those
that deny a point every second, so a cue only makes a verdict less sure.
"""

import re
from functools import lru_cache

_NOT = r"n['\u2019]?t"
_CUES = (
    # "I don't buy it", "we wouldn't bother"
    (
        rf"\b(?:i|we)\s+(?:(?:really|just|simply|honestly)\s+)?(?:do|did|would|could|will|have){_NOT}"
        r"\s+(?:(?:really|even|actually)\s+)?"
        r"(?:buy|believe|see|agree|insist|care|bother|spend|touch|need|want|use|do|worry|think\s+that)"
    ),
    r"\bnever\s+(?:bother|care|need|saw|seen|use|do|did|look|check|ask|run|trust|believ|bought)\w*",
    r"\b(?:i|we)['\u2019]?(?:d|ll|\s+would)\s+never",
    # "I'd skip that", "we left those out"
    (
        r"\b(?:i|we)(?:['\u2019]d|['\u2019]ll|\s+would|\s+will|\s+can|\s+could|\s+just)?\s+(?:\w+\s+)?"
        r"(?:skip|skipped|drop|dropped|leave|left|ignore|ignored|reject|rejected|cut|scrap|scrapped"
        r"|threw|throw|refuse|refused|dismiss|decided\s+against)"
    ),
    (
        rf"\b(?:i|we)\s+(?:would|could|can|will)(?:{_NOT}|\s+not)\s+"
        r"(?:let|allow|make|keep|put|count|rely|go|have|add|show|give|offer|set|take|trust|try)"
    ),
    r"\brul(?:e|es|ed|ing)\s+(?:\w+\s+)?out",
    r"\b(?:i['\u2019]m|i\s+am|we['\u2019]re|we\s+are|i['\u2019]d\s+be)\s+(?:\w+\s+)?against",
    r"\b(?:excluded|out\s+of\s+the\s+question|off\s+the\s+table|no\s+option)",
    r"\b(?:would|['\u2019]d)\s+rather\s+not",
    r"\bnot\s+(?:with|for)\s+me",
    r"\bforget\s+(?:it|that|about)",
    # what it is called
    (
        r"\b(?:myth|fairy\s+tale|overrated|nonsense|pointless|useless|hype|overkill|buzzwords?"
        r"|unnecessary|irrelevant|paperwork|theat(?:er|re)|marketing|toy|waste|luxury|superstition"
        r"|exaggerated|bunk|folklore|box-ticking|superfluous|paternalistic|academic|red\s+tape)"
    ),
    # nobody wants it
    (
        rf"\b(?:nobody|no\s+one|no\s+customer|customers\s+do{_NOT})\s+(?:\w+\s+)?"
        r"(?:reads?|cares?|needs?|asks?|asked|uses?|wants?|looks?|checks?|loses?|notices?)"
    ),
    rf"\bcould(?:{_NOT})?\s+care\s+less",
    r"(?:,|\.|\band|\bso|\bbut)\s+(?:(?:honestly|frankly)\s+)?no(?=[,.!]|$)",
    r"\bno\s+(?:argument|point|sense|need|reason|value|use|difference|interest)",
    (
        rf"\b(?:is|are|was|it['\u2019]s|that['\u2019]s)(?:{_NOT}|\s+not)"
        r"\s+(?:(?:a|the|really|even)\s+)?"
        r"(?:problem|issue|important|necessary|needed|worth|true|point|special|relevant|big\s+deal"
        r"|good|argument|topic|question|option|way|possible|covered|our|my|about)"
    ),
    (
        rf"\b(?:does|do|did)(?:{_NOT}|\s+not)\s+(?:really\s+)?"
        r"(?:matter|help|work|exist|change\s+anything|apply|belong|count|make\s+sense|concern)"
    ),
    r"\b(?:has|have|had|got)\s+(?:nothing|little)\s+to\s+do",
    r"\b(?:only|just|even)\s+(?:makes?|costs?|confuses?|hurts?|annoys?|slows?)",
    # somebody else's opinion
    (
        r"\b(?:people|everybody|everyone|some|they|vendors|books?|consultants|others)"
        r"\s+(?:(?:always|keep|will|like\s+to)\s+)?"
        r"(?:say|says|saying|claim|claims|bring\s+up|talk|tell|argue|preach)"
    ),
)
_CUE = re.compile("|".join(rf"(?:{one})(?!\w)" for one in _CUES), re.IGNORECASE)


@lru_cache(maxsize=512)  # each concept of a question asks of the same stretches
def rejections(text: str) -> int:
    """How many cues of turning something down a text has."""
    return sum(1 for _ in _CUE.finditer(text))
