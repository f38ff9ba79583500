"""Languages of a moderator's own: TOML files in the folder `languages` beside their `config.toml`."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
import platformdirs

from sessions.core.languages import Language
from sessions.core.plan.reading import PlanError, Problem
from sessions.files.homes import NoHome, own_folder
from sessions.library.plans.language_file import decode_language
from sessions.library.plans.texts import read_text


class OwnLanguages(msgspec.Struct, frozen=True):
    """Those that can be used, by their codes in lower case, and what is wrong with the files of others by theirs."""

    found: Mapping[str, Language] = {}
    wrong: Mapping[str, str] = {}


def languages_folder() -> Path:
    """Where they lie. Raises `NoHome`."""
    return own_folder(lambda: platformdirs.user_config_path("lunchroom", appauthor=False)) / "languages"


def own_languages(folder: Path | None = None) -> OwnLanguages:
    """The moderator's own languages; none where there is no such folder. A file has a language's name: `pt.toml`."""
    found: dict[str, Language] = {}
    wrong: dict[str, str] = {}
    try:
        paths = sorted((folder or languages_folder()).glob("*.toml"))
    except (NoHome, OSError):
        return OwnLanguages()
    for path in paths:
        try:
            language = decode_language(read_text(path), code=path.stem)
        except PlanError as error:
            wrong[path.stem.casefold()] = "\n".join(f"{path}: {problem}" for problem in error.problems)
        except OSError as error:
            wrong[path.stem.casefold()] = f"{path} cannot be read: {error.strerror or error}"
        else:
            found[language.code.casefold()] = language
    return OwnLanguages(found, wrong)


def needed_for(text: str) -> OwnLanguages:
    """Those that a plan may name; nothing is read for a plan that names none. Raises `PlanError` for a wrong file."""
    if "language" not in text and "text_" not in text:
        return OwnLanguages()
    own = own_languages()
    named = [told for code, told in own.wrong.items() if f'"{code}"' in text.casefold() or f"text_{code}" in text]
    if named:
        raise PlanError([Problem(None, line) for told in named for line in told.split("\n")])
    return own
