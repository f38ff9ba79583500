"""No sentence bypasses the catalogues, and each that is complete says all sentences, with what is filled in."""

import string
from gettext import NullTranslations
from pathlib import Path

import pytest

from sessions.words import _, spoken
from tests.paths import ROOT
from tests.words.bypassing import bypassing
from tests.words.catalogues import extracted, language, missing, read, sources, updated
from tests.words.sayings import said

COVERED = (
    "sessions/hub/client/client.py",
    "sessions/hub/client/event_stream.py",
    "sessions/hub/client/exchange.py",
    "sessions/hub/takeover/succession.py",
    "sessions/publishing/offers.py",
    "sessions/words.py",
    "tui/cli",
    "tui/desk",
    "tui/dialogs",
    "tui/growth",
    "tui/library",
    "tui/plain",
    "tui/replay",
    "tui/shell",
    "tui/text",
    "tui/widgets",
)
"""The packages in which every sentence is said by the catalogues."""

LEFT = (
    "tui/cli/commands/doctor.py", "tui/cli/findings", "tui/cli/settings/holding.py",
    "tui/cli/settings/sample.py", "tui/cli/web",
)  # fmt: skip
"""What of them still speaks English."""


def files(place: str) -> list[Path]:
    path = ROOT / place
    found = [path] if path.is_file() else sorted(path.rglob("*.py"))
    return [file for file in found if not file.relative_to(ROOT).as_posix().startswith(LEFT)]


@pytest.mark.parametrize("place", COVERED)
def test_no_sentence_bypasses_the_catalogues(place: str) -> None:
    passing = [
        f"{file.relative_to(ROOT)}:{node.lineno}: put it into _(), or say why not: # words: ..."
        for file in files(place)
        for node in bypassing(file.read_text(encoding="utf-8"))
    ]
    assert passing == []


@pytest.mark.parametrize(
    "line",
    [
        'say("Nothing was typed.")',
        'say(f"{name} left")',
        'say(_(f"{name} left"))',
        'say("It is over: " + why)',
        'say("told {to} {what}".format(to=to, what=what))',
        'yield Button("Cancel", id="cancel")',
        'words = {"a": "Two words"}',
        'BINDINGS = [Binding("c", "copy", "Copy")]',
        'raise Failure(f"{path} is there already.")',
        'say("It is over.")  # words:',
    ],
)
def test_a_sentence_that_bypasses_them_is_found(line: str) -> None:
    assert len(list(bypassing(line))) == 1


@pytest.mark.parametrize(
    "line",
    [
        '"""A page of words."""',
        'say(_("Nothing was typed."))',
        'say(_("{name} left").format(name=name))',
        'say(counted(number, "{n} new person", "{n} new people"))',
        'self.query_one("#cancel Button")',
        'log.warning("it could not be read: %s", path)',
        'raise ValueError("no such action")',
        'piece = Piece(text, "cursor bar")',
        'yield Button(_("Cancel"), id="two words", classes="and more")',
        'Action("undo", "u", "u", "The desk", "Undo what you did", "Takes it back.")',
        'Word("go on", "Asking", "lets the countdown go on", ("hold",), "text", "[how many]")',
        'Way("take back", _("take the seat back"))',
        'plan: Annotated[str, typer.Argument(help="The plan file.", metavar="PLAN FILE")]',
        'say("Ana Lopez")  # words: a name',
        'BINDINGS = [Binding("c", "copy_it", _("Copy"), key_display="Enter", id="copy")]',
        'DEFAULT_CSS = "Button { height: auto }"',
        'match kind:\n    case "to greet":\n        ...',
    ],
)
def test_what_nobody_reads_and_what_is_said_by_them_is_not(line: str) -> None:
    assert list(bypassing(line)) == []


def test_sentences_are_taken_out_of_the_code() -> None:
    code = (
        'a = _("one " "two")\n'
        'b = ngettext("{n} post", "{n} posts", number)\n'
        'c = counted(number, "{n} day", "{n} days")\n'
        'd = pgettext("month", "May")\n'
        'e = Action("undo", "u", "u", "Together", "Undo", "Takes it back.", "Undo")\n'
        "f = _(words)\n"
        'g = Argument(help="The plan file.", metavar="PLAN")\n'
        'def h():\n    """Do it.\n\n    Example: lunchroom do it\n    """\n'
    )
    assert sorted(said(code), key=str) == [
        ("Do it.\n\nExample: lunchroom do it", None),
        ("May", "month"), ("Takes it back.", None), ("The plan file.", None), ("Together", None),
        ("Undo", None), ("Undo", None),
        ("one two", None), (("{n} day", "{n} days"), None), (("{n} post", "{n} posts"), None),
    ]  # fmt: skip


def holes(text: str) -> list[str]:
    """What is filled into a sentence, with how it is written."""
    return sorted(f"{name}{spec}{conversion}" for __, name, spec, conversion in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("source", sources(), ids=language)
def test_what_a_catalogue_says_fills_in_what_the_sentence_does(source: Path) -> None:
    for message in read(source):
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        forms = message.string if message.pluralizable else (message.string,)
        asked = message.id if message.pluralizable else (message.id,)
        for form in filter(None, forms):
            assert holes(form) in [holes(one) for one in asked], (message.id, form)
            assert form[:1].isspace() == asked[0][:1].isspace(), (message.id, form)
            assert form[-1:].isspace() == asked[0][-1:].isspace(), (message.id, form)


def test_the_catalogues_have_the_sentences_of_the_code() -> None:
    """`python -m tests.words` brings them up to date."""
    code = extracted()
    for source in sources():
        wanted = {(message.context, message.id) for message in updated(source, code)}
        assert {(message.context, message.id) for message in read(source)} == wanted, "run python -m tests.words"


def test_spanish_is_complete() -> None:
    (spanish,) = [source for source in sources() if language(source) == "es"]
    assert [message.id for message in missing(read(spanish))] == []


def test_a_hub_speaks_english_and_its_terminal_the_own_language() -> None:
    class Own(NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper()

    with spoken(Own()), spoken(NullTranslations()) as own:
        assert _("Cancel") == "Cancel"
        with spoken(own):
            assert _("Cancel") == "CANCEL"
        assert _("Cancel") == "Cancel"
    assert _("Cancel") == "Cancel"
