"""Small banks for tests that need one."""

from voiceprep.bank.model import Bank, Concept, Question


def a_concept(label: str = "Drift hurts", **fields: object) -> Concept:
    return Concept.model_validate({"id": "drift-hurts", "label": label} | fields)


def a_question(number: int = 1, *concepts: Concept, **fields: object) -> Question:
    usual = {
        "id": f"question-{number}",
        "category": "Basics" if number % 2 else "Practice",
        "level": "beginner",
        "question": f"What happens to a model in production, part {number}?",
        "hint": "Model drift makes predictions worse over time, so monitor the inputs.",
        "concepts": concepts or (a_concept("Drift makes predictions worse"),),
    }
    return Question.model_validate(usual | fields)


def a_bank(questions: int = 3) -> Bank:
    return Bank(
        id="samples",
        title="Samples",
        questions=tuple(a_question(number) for number in range(1, questions + 1)),
    )
