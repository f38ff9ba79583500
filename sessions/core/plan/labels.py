"""The label of a question: what is typed behind Q (`1`, `3a`, `2.1`), or a word (`QWrap`, `Q bonus`, `Warm-up`)."""

import functools
import re
import unicodedata

from sessions.core.cleaning import visible
from sessions.core.languages import ENGLISH, Language

NUMBER = r"[0-9]{1,3}([a-z]|\.[0-9]{1,2})?"
"""A number, also with a letter or a part."""

WORD = r"(?=.{2,20}\Z)(?![AaQq][ -]?[0-9]|[a-zß-öø-ÿ])[^\W\d_](['’.]?[ -]?[^\W_]){1,19}[?!]?"
"""A word or a few, 2 to 20 characters."""

_NUMBERED = re.compile(NUMBER)
_LABEL = re.compile(rf"{NUMBER}\Z|{WORD}\Z")
_OWN_Q = re.compile(r"(?:[Qq](?:uestion)?[ -]+|Q(?=[A-Z]))(?=[^\W\d_])")
"""The Q of `QWrap`, `Q bonus` and `Question bonus`, none of `Quiz`."""


def is_numbered(label: str) -> bool:
    """Whether the label is a number, also with a letter or a part."""
    return _NUMBERED.match(label) is not None


@functools.lru_cache(maxsize=4096)
def question_name(label: str, letter: str = "Q") -> str:
    """How a question is called and posted: `Q3`, `Q2.1`; a word is called as it is written: `QWrap`, `Warm-up`.

    `letter` is what stands before numbers in the chat's language.
    """
    label = " ".join(visible(label).split())
    return label if label[:1].isalpha() else f"{letter}{label}"


def answer_name(label: str, letter: str = "A") -> str:
    """What people are told to put before their answers: `A3`; `AWrap` for QWrap, `A bonus` for `Q bonus`."""
    if not label[:1].isalpha():
        return f"{letter}{label}"
    own = _OWN_Q.match(label)
    return label if own is None else f"A{label[1:] if label[1:2].isupper() else ' ' + label[own.end() :]}"


def answer_lead(label: str, letter: str = "A") -> str:
    """What people are told to put in front, so that it is known for a label: `A3`, `AWrap`, but `Warm-up:` and
    `A bonus:`, as a sentence could begin with these."""
    name = answer_name(label, letter)
    glued = not label[:1].isalpha() or (name != label and " " not in name)
    return name if glued else f"{name}:"


@functools.lru_cache(maxsize=4096)
def label_key(label: str) -> str:
    """What is compared of a label: `3a` of `03A`, `wrap` of `QWrap`, `Wrap` and `wrap`, `warmup` of `Warm-up`."""
    if not label[:1].isalpha():
        return re.sub(r"^0+(?=[0-9])", "", label.casefold())
    own = _OWN_Q.match(label)
    return "".join(char for char in label[own.end() if own else 0 :].casefold() if char.isalnum())


def tidy_label(label: str, language: Language = ENGLISH) -> str:
    """A number without the Q that the desk puts in front and without leading zeros, in lower case; a word as it is."""
    label = unicodedata.normalize("NFC", label.strip().rstrip(":"))
    number = re.sub(rf"^(?:(?:{before_questions(language)})\s*)?0*(?=[0-9])", "", label.lower())
    return number if number[:1].isdecimal() else label


@functools.lru_cache(maxsize=32)
def before_questions(language: Language) -> str:
    """A pattern, in lower case, of what may stand before a question's number: letter and words, also English ones."""
    words = ["question", "q", *(word.casefold() for word in language.question), language.labels[0].casefold()]
    return "|".join(re.escape(word) for word in sorted(dict.fromkeys(words), key=len, reverse=True))


def label_problem(label: str) -> str:
    """Why this cannot be a label, or the empty string."""
    if _LABEL.match(label) and (is_numbered(label) or len(label_key(label)) > 1):
        return ""
    return (
        'label must be a number, also with a letter or a part, such as "1", "3a" or "2.1",'
        f' or a word of at most 20 letters that begins with a capital, such as "QWrap" or "Warm-up", got {label}'
    )
