"""What kind of post it is, which question it answers, and why: pure judgements of words against a state."""

from sessions.core.filing.judge import Judge, asked_question
from sessions.core.filing.labels import Label, parse_label

__all__ = ["Judge", "Label", "asked_question", "parse_label"]
