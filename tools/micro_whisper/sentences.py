"""The sentences that the micro-Whisper model knows.

They read like answers in an interview about AI in finance, because the tests that use the
fixture score such answers.  They share few words, so that a mistake in one shows.
"""

from __future__ import annotations

SENTENCES: tuple[str, ...] = (
    "We build a behaviour baseline for every user before raising alerts.",
    "Under GDPR we keep personal data only as long as needed.",
    "False positives cost analysts time and slowly destroy their trust.",
    "Model drift appears when customer habits change after deployment.",
    "A human reviewer always makes the final decision on blocked payments.",
    "I measured precision and recall on a separate test set.",
    "Explainable scores help the auditor understand each risk rating.",
    "My team reduced fraud losses by forty percent last year.",
    "Um, the hardest part was, uh, convincing the security department.",
    "Isolation forests found unusual logins at night from foreign countries.",
    "What would you monitor first in a new trading system?",
    "Thank you, I look forward to your questions.",
)

WORDS: tuple[str, ...] = tuple(sorted({word for text in SENTENCES for word in text.split()}))
