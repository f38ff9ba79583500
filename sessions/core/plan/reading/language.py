"""What a plan says of its language, and questions in a second one; mistakes in a moderator's words."""

import difflib
from collections.abc import Callable, Mapping
from typing import Any

from sessions.core.languages import BUILT_IN, Language, built_in
from sessions.core.plan.toml_lines import Path
from sessions.core.plan.words import quoted

Wrong = Callable[[Path, str], None]

TEXT_IN = "text_"
"""What stands before the code of a language in the key of a question's text in it."""

_CALLED = {
    "english": "en", "inglés": "en", "englisch": "en", "anglais": "en",
    "spanish": "es", "español": "es", "espanol": "es", "castellano": "es",
    "german": "de", "deutsch": "de",
    "french": "fr", "français": "fr", "francais": "fr",
}  # fmt: skip


def language_named(code: str, languages: Mapping[str, Language]) -> Language | None:
    """The language with this code, one of the moderator's own before ours."""
    return languages.get(code.casefold()) or built_in(code)


def language_problem(code: str, languages: Mapping[str, Language]) -> str:
    """Why this is no language that is known, or the empty string."""
    if language_named(code, languages) is not None:
        return ""
    known = list(dict.fromkeys([*BUILT_IN, *languages]))
    near = _CALLED.get(code.casefold()) or next(iter(difflib.get_close_matches(code.casefold(), known, n=1)), None)
    hint = (
        f"did you mean {near}?" if near else f"it can be {', '.join(known)}, or one of your own (docs/use/languages.md)"
    )
    return f"the language {quoted(code)} is not known: {hint}"


def label_letters(value: Any, path: Path, wrong: Wrong) -> tuple[str, str] | None:
    """The letters of questions and answers that a list gives, in upper case."""
    told = f'labels must be two letters, of questions and of answers, such as ["P", "R"], got {quoted(value)}'
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(one, str) for one in value):
        wrong(path, told)
        return None
    asks, answers = (one.strip().upper() for one in value)
    if not all(len(one) == 1 and one.isalpha() for one in (asks, answers)):
        wrong(path, told)
    elif asks == answers:
        wrong(path, f"labels must be two different letters, got {quoted(value)}: a post must tell which it is")
    elif asks == "A" or answers == "Q":
        which = "A stands before answers" if asks == "A" else "Q stands before questions"
        wrong(path, f"{which} in English, which is read in every chat: choose another letter, got {quoted(value)}")
    else:
        return asks, answers
    return None
