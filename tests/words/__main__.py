"""Bring the catalogues up to date with the code and say what each lacks: `python -m tests.words [LANGUAGE]`.

With the code of a language it begins a catalogue for it where there is none. All are compiled then, so that this
checkout speaks them. Exits with 1 where something is missing.
"""

import sys

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog

from tests.paths import ROOT
from tests.words.catalogues import LOCALE, extracted, language, missing, sources, updated, write

sys.path.insert(0, str(ROOT))
from hatch_build import compile_catalogues

SHOWN = 20


def begin(code: str) -> None:
    """An empty catalogue for a language, where there is none."""
    source = LOCALE / code / "LC_MESSAGES" / "lunchroom.po"
    if not source.exists():
        write(source, Catalog(locale=code, fuzzy=False))


def main(arguments: list[str]) -> int:
    try:
        for code in arguments:
            Locale.parse(code)
            begin(code)
    except (ValueError, UnknownLocaleError):
        print(f"{code} is no code of a language, such as de.", file=sys.stderr)
        return 2
    code_says, lacking = extracted(), 0
    for source in sources():
        catalogue = updated(source, code_says)
        write(source, catalogue)
        away = missing(catalogue)
        lacking += len(away)
        print(f"{language(source)}: {len(catalogue) - len(away)} of {len(catalogue)} sentences")
        for message in away[:SHOWN]:
            print(f"  missing: {message.id!r} ({', '.join(place for place, _ in message.locations)})")
    compile_catalogues(ROOT)
    return int(lacking > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
