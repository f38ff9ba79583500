"""The sentences of the code, and what each catalogue says of them. Sorted by the file where a sentence stands first."""

from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from tests.paths import ROOT
from tests.words.sayings import said

LOCALE = ROOT / "tui" / "locale"
HEADER = "# Lunchroom's own words. How to say them: docs/develop/words.md"


def sources() -> list[Path]:
    """The catalogues of all languages."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/lunchroom.po"))


def language(source: Path) -> str:
    return source.parent.parent.name


def extracted() -> Catalog:
    """All sentences that the code says."""
    found = Catalog(fuzzy=False)
    for top in ("sessions", "tui"):
        for file in sorted((ROOT / top).rglob("*.py")):
            place = (file.relative_to(ROOT).as_posix(), 0)
            for words, context in said(file.read_text(encoding="utf-8")):
                found.add(words, None, [place], context=context, flags=_flags(words))
    return found


def _flags(words: str | tuple[str, ...]) -> set[str]:
    told = words if isinstance(words, str) else words[0]
    return {"python-brace-format"} if "{" in told else set()


def read(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale=language(source))


def updated(source: Path, code: Catalog) -> Catalog:
    """The catalogue with exactly the sentences of the code; what it says of them stays, nothing is guessed."""
    known = read(source)
    made = Catalog(
        locale=language(source), header_comment=HEADER, project="Lunchroom", fuzzy=False, charset="utf-8",
        version="of this checkout", msgid_bugs_address="none", last_translator="us",
        language_team="none",
        creation_date=known.creation_date, revision_date=known.creation_date,
    )  # fmt: skip
    for message in code:
        if message.id:
            said = known.get(_key(message), message.context)
            string = said.string if said is not None and said.pluralizable == message.pluralizable else None
            made.add(
                message.id, string, message.locations, set(message.flags),
                auto_comments=message.auto_comments, context=message.context,
            )  # fmt: skip
    return made


def _key(message: Message) -> str:
    return message.id[0] if message.pluralizable else message.id


def write(source: Path, catalogue: Catalog) -> None:
    source.parent.mkdir(parents=True, exist_ok=True)
    with source.open("wb") as file:
        write_po(file, catalogue, width=0, sort_by_file=True, include_lineno=False)


def missing(catalogue: Catalog) -> list[Message]:
    """The sentences that the catalogue does not say, or not in each form."""
    return [message for message in catalogue if message.id and not all(_forms(message))]


def _forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if message.pluralizable else (message.string,)
