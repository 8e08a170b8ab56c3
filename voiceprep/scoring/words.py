"""Lists of English words that the matchers tell apart."""

FUNCTION_WORDS = frozenset(
    """
    1 2 a about above after again all almost along already also although always am among an and
    another any anybody anyone anything anyway are around as at away back be because been before
    being between both but by came can cannot come could d did do does doing done down e each eg
    either else enough etc even ever every everybody everyone everything few first for from
    further g get gets getting give given go goes going gonna gone got gotta had has have having
    he her here hers herself him himself his how however i ie if in instead into is it its itself
    just kind know last least less let lets like ll look lot lots made make makes making many may
    maybe me mean might mine more most mostly much must my myself need needs neither never next no
    nobody none nor not nothing now of off often oh ok okay on once one only onto or other others
    otherwise our ours out over own perhaps please put quite rather re really right s said same
    say says second see seem seems several shall she should since so some somebody someone
    something sometimes somewhat soon sort still stuff such sure t take takes tell than that the
    their theirs them themselves then there these they thing things think this those though
    through thus to together too toward towards try two um uh under until up upon us use used uses
    using usually ve very via vs want wants was way ways we well went were what whatever when
    where whether which while who whole whom whose why will with within without would yeah yes yet
    you your yours yourself dont doesnt didnt isnt arent wasnt wont cant couldnt wouldnt shouldnt
    im ive youre
    """.split()  # noqa: SIM905 - hundreds of quotation marks would hide the words
)
"""Words that carry no point of their own, common verbs and hedges of speech among them."""

_JOINING_WORDS = frozenset({"and", "or", "a", "an", "the", "plus", "also", "etc", "then", "like"})

STRUCTURE_WORDS = FUNCTION_WORDS - _JOINING_WORDS
"""Function words that a mere list of terms does without."""

_VERBS = """
    adapt adjust affect allow apply argue ask assess avoid become begin believe belong break bring
    build buy call carry catch cause change check choose collect combine come compare connect
    consider contain continue convince count cover create decide decrease define deliver depend
    describe detect determine develop differ discover discuss drop enable encourage end ensure
    evaluate exist expect explain fail fall feel figure find fit flag flow focus follow forget
    generate get give go grow handle happen hear help hold hurt identify improve include increase
    involve join keep know lead learn leave let look lose maintain make matter mean meet mention
    monitor move need notice observe occur open outline pay pick predict prevent produce protect
    prove provide push put raise reach react read receive reduce rely remain remember remove
    repeat replace require respond run save say secure see seek seem send serve show solve speak
    spend stand start stay stop store suffer suggest supply support take talk tell tend think
    track train trust try turn understand update use validate verify want watch win work write
""".split()  # noqa: SIM905
_PRONOUNS_AND_AUXILIARIES = """
    i you we they he she it there am is are was were be been being has have had do does did can
    could will would should must may might shall let because if when so that which who how why
    while where then not never cannot gonna gotta
""".split()  # noqa: SIM905


def _forms(verb: str) -> set[str]:
    """The verb as after "to" and as after "it"."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb, f"{verb[:-1]}ies"}
    return {verb, f"{verb}es" if verb.endswith(("s", "x", "ch", "sh", "o")) else f"{verb}s"}


CLAUSE_WORDS = frozenset(_PRONOUNS_AND_AUXILIARIES).union(*(_forms(verb) for verb in _VERBS))
"""Words of which a clause needs at least one, and a list of terms none."""
