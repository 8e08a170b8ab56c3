"""Training episodes: some stretches of speech against all concepts of one question at once.

The trap is a model that judges the speaker instead of the point. An episode makes that
impossible: each stretch is asked about every concept of its question, so that manner says nothing
about the label, and stretches of one answer stand beside each other, made and not made.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from labelled import Foreign, Labelled, Pair

from voiceprep.bank.model import Concept, Question
from voiceprep.scoring.stretches import stretches

UNKNOWN = -1.0
"""No label: the pair does not count."""

STRETCHES = 16
HEARD = 0.3
"""Share of the stretches that are written as a recogniser hears them."""

_DENIALS = (
    "honestly I would skip that, {}", "we never bothered with any of this: {}",
    "people claim that {}, but that's a myth in my experience", "some say {}, I don't buy it",
    "I don't believe that {}", "it's simply not true that {}",
    "{}, that's what the books say, and we dropped it", "nobody needs the part where {}",
    "we threw out the whole idea that {}", "I wouldn't spend a minute on it, I mean {}",
    "my old boss kept saying {}, and he was wrong", "forget that {}, it makes no difference",
    "we decided against it, you know, {}", "{}, no, that's overrated and I'd leave it out",
    "you could argue that {}, but I'd say the opposite",
)  # fmt: skip
_ASIDES = (
    "it's not easy, but {}", "I can't give you a number, but {}", "um, I mean, {}",
    "not everybody knows it, {}", "{}, no doubt about that", "we didn't get it at first, then {}",
    "no, what I mean is that {}", "so at my last job, you know, {}", "{}, and don't skip that",
    "people forget this, {}", "you can't ignore it: {}", "I would never leave this out, {}",
)  # fmt: skip
DENIED = 0.3
"""Share of the concepts of a checklist of which one way of saying it is told as denied."""


@dataclass(frozen=True, slots=True)
class Episode:
    """Texts to be encoded, and what is known of each pair.

    Attributes:
        stretches: Texts of an answer.
        concepts: For each concept its phrases: the first names it, the others say it.
        nots: For each concept a phrase that sounds close and is not it; "" for none.
        labels: For each stretch and concept 0 to 1, or UNKNOWN.
        twins: The numbers of two stretches in like words and of the concept that only the first
            of them makes.
    """

    stretches: list[str]
    concepts: list[list[str]]
    nots: list[str]
    labels: list[list[float]]
    twins: list[tuple[int, int, int]] = field(default_factory=list)


def of_answers(question: Question, answers: list[Labelled], rng: random.Random) -> Episode:
    """Stretches of some answers to a question; those that make a point come first."""
    telling: list[tuple[str, list[float]]] = []
    idle: list[tuple[str, list[float]]] = []
    for answer in rng.sample(answers, min(len(answers), 6)):
        for text, labels in labelled_stretches(answer, question, rng):
            (telling if max(labels) > 0 else idle).append((text, labels))
    telling = rng.sample(telling, min(len(telling), STRETCHES // 2))
    idle = rng.sample(idle, min(len(idle), STRETCHES - len(telling)))
    chosen = [(as_heard(text, rng), labels) for text, labels in [*telling, *idle]]
    return Episode(
        [text for text, _ in chosen],
        [_phrases(concept, rng) for concept in question.concepts],
        [rng.choice(concept.not_) if concept.not_ else "" for concept in question.concepts],
        [labels for _, labels in chosen],
    )


def of_bank(question: Question, rng: random.Random) -> Episode:
    """What the checklist itself says of each concept: some of it as if it were an answer."""
    said: list[tuple[str, list[float]]] = []
    concepts: list[list[str]] = []
    nots: list[str] = []
    for number, concept in enumerate(question.concepts):
        ways = rng.sample(concept.says, len(concept.says))
        traps = rng.sample(concept.not_, len(concept.not_))
        made = [float(one == number) for one in range(len(question.concepts))]
        missed = [0.0 if one else UNKNOWN for one in made]
        said += [(as_heard(aside(way, rng), rng), made) for way in ways[:2]]
        said += [(as_heard(trap, rng), missed) for trap in traps[:2]]
        if rng.random() < DENIED:
            denied = denial(rng.choice(ways[:2]), rng)
            said.append((as_heard(denied, rng), [0.0] * len(made)))
        concepts.append([name_of(concept, rng), *ways[2:4]])
        nots.append(traps[2] if len(traps) > 2 else "")
    return Episode([text for text, _ in said], concepts, nots, [labels for _, labels in said])


def of_pairs(question: Question, pairs: list[Pair], rng: random.Random) -> Episode:
    """Some contrast pairs of a question."""
    numbers = {concept.id: number for number, concept in enumerate(question.concepts)}
    chosen = rng.sample(pairs, min(len(pairs), STRETCHES // 2))
    texts: list[str] = []
    labels: list[list[float]] = []
    for pair in chosen:
        for text, label in ((pair.made, 1.0), (pair.missed, 0.0)):
            texts.append(as_heard(text, rng))
            known = [UNKNOWN] * len(question.concepts)
            known[numbers[pair.concept]] = label
            labels.append(known)
    return Episode(
        texts,
        [_phrases(concept, rng) for concept in question.concepts],
        [""] * len(question.concepts),
        labels,
        [(2 * at, 2 * at + 1, numbers[pair.concept]) for at, pair in enumerate(chosen)],
    )


def of_foreign(rows: list[Foreign], rng: random.Random) -> Episode:
    """Rows of another set that share a question; only the pairs that were labelled count."""
    concepts = sorted({row.concept for row in rows})
    concepts = rng.sample(concepts, min(len(concepts), 6))
    known = {(row.text, row.concept): float(row.label) for row in rows if row.concept in concepts}
    made = sorted({text for (text, _), label in known.items() if label})
    other = sorted({text for text, _ in known} - set(made))
    texts = rng.sample(made, min(len(made), STRETCHES // 2))
    texts += rng.sample(other, min(len(other), STRETCHES - len(texts)))
    return Episode(
        [as_heard(text, rng) for text in texts],
        [[concept] for concept in concepts],
        [""] * len(concepts),
        [[known.get((text, concept), UNKNOWN) for concept in concepts] for text in texts],
    )


def as_heard(text: str, rng: random.Random) -> str:
    """Some texts as a recogniser writes them: no punctuation, words lost or misheard."""
    if rng.random() > HEARD:
        return text
    kept = []
    for word in re.findall(r"[\w']+", text.lower()):
        chance = rng.random()
        if chance < 0.03:
            continue
        if chance < 0.09 and len(word) > 4:
            at = rng.randrange(1, len(word) - 1)
            kept.append(word[:at] + rng.choice("aeiostnr") + word[at + 1 :])
        else:
            kept.append(word)
    return " ".join(kept)


def denial(way: str, rng: random.Random) -> str:
    """A way of saying a point, told as turned down."""
    return rng.choice(_DENIALS).format(way)


def aside(way: str, rng: random.Random) -> str:
    """A way of saying a point, sometimes with a remark that sounds like a denial and is none."""
    return rng.choice(_ASIDES).format(way) if rng.random() < DENIED else way


def labelled_stretches(
    answer: Labelled, question: Question, rng: random.Random
) -> Iterator[tuple[str, list[float]]]:
    """The stretches of an answer, each with its label for every concept."""
    places = {
        key: (at, at + len(quote))
        for key, quote in answer.proof.items()
        if (at := answer.text.find(quote)) >= 0
    }
    cut = [(one.start, one.end) for one in stretches(answer.text)]
    cut += [place for place in places.values() if rng.random() < 0.5]
    for start, end in cut:
        yield (
            answer.text[start:end],
            [_label(answer, concept.id, places, start, end) for concept in question.concepts],
        )


def _label(
    answer: Labelled, concept_id: str, places: dict[str, tuple[int, int]], start: int, end: int
) -> float:
    made = answer.made[concept_id]
    if not made:
        return 0.0
    if concept_id not in places:
        return UNKNOWN
    first, last = places[concept_id]
    shared = min(end, last) - max(start, first)
    if shared <= 0:
        return 0.0
    return made if shared >= 0.8 * (last - first) else UNKNOWN


def _phrases(concept: Concept, rng: random.Random) -> list[str]:
    return [name_of(concept, rng), *rng.sample(concept.says, min(2, len(concept.says)))]


def name_of(concept: Concept, rng: random.Random | None = None) -> str:
    """Label and hint; with ``rng`` sometimes the label alone."""
    named = f"{concept.label}. {concept.hint}" if concept.hint else concept.label
    return named if rng is None else rng.choice([concept.label, named, named])
