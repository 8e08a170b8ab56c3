"""Whether a stretch of speech turns a point down instead of making it."""

import re

_DENIAL = re.compile(
    r"""\b(?:
      (?:do|does|did|would|should|could|will|can|is|are)(?:n['\u2019]t|\s+not|nt)\s+
        (?:really\s+|even\s+|actually\s+|necessarily\s+)?
        (?:need|bother|care|matter|worry|waste|important|necessary|worth|required|use|do|include)
    | (?:no|never\s+any)\s+(?:need|point|reason|use)\b
    | (?:not|never|hardly|isn['\u2019]t|aren['\u2019]t)\s+
        (?:really\s+|that\s+|very\s+|even\s+)?
        (?:important|necessary|needed|required|relevant|worth|useful|a\s+priority|our\s+job)
    | (?:skip|skipping|skipped|ignore|ignoring|forget\s+about|leave\s+out|drop|dropping)\b
    | waste\s+of\s+(?:time|money)
    | overkill
    | unnecessary | irrelevant | pointless
    | we\s+can\s+live\s+without | (?:would|[a-z]+'d)\s+rather\s+not
    | (?:the\s+)?last\s+thing
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def denial_in(text: str) -> str:
    """The words that deny or reject ("we don't need", "skip"), or "" where there are none."""
    match = _DENIAL.search(text)
    return " ".join(match.group().split()) if match else ""
