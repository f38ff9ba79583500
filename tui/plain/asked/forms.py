"""The desk's dialogs, asked in words: each kind with what asks it. None of them is ever shown."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.screen import ModalScreen

from sessions.core.languages import Language
from sessions.core.plan.labels import label_problem, tidy_label
from sessions.replay.jumping import JumpError, parse_jump
from sessions.reports.recap import FORMATS
from sessions.words import _
from tui.desk.dialogs.add_answers import AddAnswersDialog, preview_words
from tui.desk.dialogs.hello_dialog import HelloDialog
from tui.desk.dialogs.invite_away import InviteAwayDialog, InviteShownDialog
from tui.desk.dialogs.join_accounts import JoinAccountsDialog, Pairs
from tui.desk.dialogs.log import LogDialog
from tui.desk.dialogs.look_up import FoundPostDialog, LookUpDialog
from tui.desk.dialogs.opened_post import OpenedPost
from tui.desk.dialogs.person_card import PersonCard, Wish, standing
from tui.desk.dialogs.post_dialog import PostDialog
from tui.desk.dialogs.previews.announce_dialog import AnnounceDialog
from tui.desk.dialogs.question_form import QuestionDraft, QuestionForm
from tui.desk.dialogs.rehearsed_post import RehearsedPostDialog
from tui.desk.dialogs.show_seats import SeatsDialog, why_kept
from tui.desk.dialogs.show_sources import SourcesDialog
from tui.desk.dialogs.write_note import NoteDialog
from tui.desk.model.answers import preview
from tui.desk.model.opened_post import shown_words
from tui.dialogs.ask import AskDialog
from tui.dialogs.choose import ChooseDialog
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.dialog import Dialog
from tui.dialogs.line import LineDialog
from tui.dialogs.recap_chat import RecapDialog, TextPage
from tui.dialogs.recap_file import SUFFIXES, RecapWish
from tui.dialogs.show_text import ShowTextDialog
from tui.dialogs.two_buttons import TwoButtonDialog
from tui.plain.asked.looking_up import ask_found, ask_look_up
from tui.plain.asked.posts import ask_announce, ask_hello, ask_post, ask_rehearsed
from tui.plain.asked.talk import Talk, Way
from tui.replay.jump import JumpDialog, asking
from tui.text.days import moment_told
from tui.text.outside import clean_line
from tui.text.sources import details
from tui.text.wording import counted

Form = Callable[[Talk, Any], Awaitable[Any]]
"""Asks what a dialog asks, and gives its result."""


async def _confirm(talk: Talk, dialog: ConfirmDialog) -> bool | None:
    words = f"{dialog.heading.plain} {clean_line(dialog.words.plain)}"
    if dialog.unasked:
        return await talk.one_of_two(words, dialog.yes, dialog.no)
    return await talk.yes_or_no(words, dialog.yes, dialog.no) is True


async def _ask(talk: Talk, dialog: AskDialog) -> bool | None:
    words = " ".join([dialog.heading.plain, *(clean_line(paragraph.plain) for paragraph in dialog.words)])
    return await talk.yes_or_no(words, dialog.yes, dialog.no)


async def _choose(talk: Talk, dialog: ChooseDialog) -> str | None:
    options = [Way(one.value, clean_line(one.words.plain), one.start) for one in dialog.choices]
    *above, last = filter(None, map(clean_line, dialog.heading.plain.splitlines()))
    for line in above:
        talk.put(line)
    return await talk.choose(last, options)


async def _invite_away(talk: Talk, dialog: InviteAwayDialog) -> str | None:
    talk.put(clean_line(dialog.words.plain))
    return await _choose(talk, dialog)


async def _invite_shown(talk: Talk, dialog: InviteShownDialog) -> bool:
    talk.put(clean_line(dialog.words))
    talk.put(dialog.invite)
    return await talk.yes_or_no(_("Copy it?"), _("Copies it"), _("Goes on")) is True


async def _show_text(talk: Talk, dialog: ShowTextDialog) -> bool:
    talk.put(f"{dialog.heading.plain}. {dialog.words}")
    for line in dialog.text.splitlines() or [""]:
        talk.put(line)
    return bool(dialog.offer) and await talk.yes_or_no(f"{dialog.offer}?", dialog.offer, _("Leaves it")) is True


async def _show_page(talk: Talk, dialog: TextPage) -> None:
    for line in dialog.text.splitlines():
        talk.put(line)


async def _note(talk: Talk, dialog: NoteDialog) -> str | None:
    text = talk.given() or await talk.text(clean_line(dialog.heading.plain)) or ""
    return text.strip() or None


async def _line(talk: Talk, dialog: LineDialog) -> str | None:
    typed = (talk.given() or await talk.text(clean_line(dialog.heading.plain)) or "").strip()
    problem = dialog.problem(typed) if typed else ""
    if problem:
        talk.put(problem)
    return None if problem else typed or None


async def _jump(talk: Talk, dialog: JumpDialog) -> int | None:
    typed = talk.given() or await talk.text(asking(dialog.length)) or ""
    try:
        return parse_jump(typed, started=dialog.started, length=dialog.length, zone=dialog.zone) if typed else None
    except JumpError as error:
        talk.put(str(error))
        return None


async def _log(talk: Talk, dialog: LogDialog) -> int | None:
    """What was done with numbers; `undo N` behind the word takes that one back."""
    given = talk.given().casefold().removeprefix("undo").strip()
    if given:
        line = dialog.lines[int(given) - 1] if given.isdecimal() and 0 < int(given) <= len(dialog.lines) else None
        if line is None or not line.undoable:
            talk.put(_("There is no such line.") if line is None else _("This line cannot be taken back."))
            return None
        return line.seq
    for place, line in reversed(list(enumerate(dialog.lines[:20], start=1))):
        talk.put(f"{place}. {clean_line(line.words.plain)}")
    talk.put(_("log undo and a number takes a line back.") if dialog.lines else _("Nothing yet."))
    return None


async def _sources(talk: Talk, dialog: SourcesDialog) -> str | None:
    tries = {} if dialog.learn is None else await dialog.learn()
    for name, lines in details(dialog.model.state, dialog.model.now(), tries):
        talk.put(f"{name}: {clean_line(lines)}")
    if dialog.posting:
        talk.put(dialog.posting)
    if tries and dialog.may_try:
        talk.put(_("try sources tries those that failed again now."))
    if dialog.raise_to and await talk.yes_or_no(
        _("{amount} for reading?").format(amount=dialog.raise_to), dialog.raise_to, _("Leaves it so")
    ):
        return "raise"
    return None


async def _seats(talk: Talk, dialog: SeatsDialog) -> tuple[str, Any] | None:
    options = [Way(seat.id, clean_line(dialog.words(seat).plain), clean_line(seat.name)) for seat in dialog.seats]
    chosen = await talk.choose(_("Who sits where. Which desk do you mean?"), options)
    seat = next((one for one in dialog.seats if one.id == chosen), None)
    if seat is None:
        return None
    why = why_kept(seat)
    ways = [
        Way("point", _("show there that you mean it")),
        *([] if why else [Way("take back", _("take the seat back"))]),
    ]
    if why:
        talk.put(why)
    way = await talk.choose(clean_line(seat.name), ways)
    return None if way is None else (way, seat)


async def _person(talk: Talk, dialog: PersonCard) -> Wish | None:
    """Who it is; behind the word stands what is to be noted: `school Lincoln`."""
    person, state = dialog.person, dialog.state
    field, __, words = talk.given().partition(" ")
    if field:
        return _tags(talk, dialog, field.casefold(), words.strip())
    where = ", ".join(filter(None, (person.school, person.level, *person.groups)))
    talk.put(clean_line(f"{dialog.heading.plain}. {standing(state, person)}{f'. {where}' if where else ''}"))
    if words := dialog.credit():
        talk.put(words)
    theirs = [seen for seen in state.posts.values() if seen.post.author.id == person.author.id]
    for seen in theirs[-10:]:
        filed = state.filed(seen.post.id)
        label = f"{state.questions[filed.question].name}: " if filed else ""
        talk.put(clean_line(f"{moment_told(state, seen.post.posted_at)} {label}{shown_words(state, seen.post.id)}"))
    return None


def _tags(talk: Talk, dialog: PersonCard, field: str, words: str) -> Wish | None:
    person = dialog.person
    groups = tuple(filter(None, (group.strip() for group in words.split(","))))
    known = {"school": (words, person.level, person.groups), "level": (person.school, words, person.groups),
             "groups": (person.school, person.level, groups)}  # fmt: skip
    if field not in known:
        talk.put(_("What is noted is school, level or groups, such as: tag merle school Lincoln."))
        return None
    return Wish("save", known[field])


async def _question(talk: Talk, dialog: QuestionForm) -> QuestionDraft | None:
    """The words behind the word, or those typed when asked; `minutes 8`, `label 3a`, `notes WORDS` change only that."""
    known = dialog.question
    given = talk.given()
    if not given:
        now = _(" Now: {text}").format(text=clean_line(known.text)) if known else ""
        asked = _("{heading}.{now} Type the words").format(heading=dialog.heading.plain, now=now)
        given = (await talk.text(asked) or "").strip()
    if not given:
        return None
    draft = QuestionDraft(known.label if known else "", known.text if known else "", known.minutes if known else None,
                          known.notes if known else "")  # fmt: skip
    field, __, words = given.partition(" ")
    changed = _changed(draft, field.casefold(), words.strip(), dialog.language) if known else None
    if changed is None:
        return replace(draft, text=given)
    if isinstance(changed, str):
        talk.put(changed)
        return None
    return changed


def _changed(draft: QuestionDraft, field: str, words: str, language: Language) -> QuestionDraft | str | None:
    """The draft with another label, other minutes or notes, what is wrong with them, None for another field."""
    if field == "notes":
        return replace(draft, notes=words)
    if field == "label":
        label = tidy_label(words, language)
        wrong = not label or label_problem(label)
        return (
            _("A label is a number (1, 3a, 2.1) or a word (QWrap, Warm-up).") if wrong else replace(draft, label=label)
        )
    if field == "minutes":
        try:
            minutes = float(words.replace(",", "."))
        except ValueError:
            minutes = 0
        return (
            replace(draft, minutes=minutes) if 0 < minutes <= 600 else _("Minutes are a number above 0, at most 600.")
        )
    return None


async def _answers(talk: Talk, dialog: AddAnswersDialog) -> Any:
    drafts = dialog.drafts
    given = (
        talk.given() or await talk.lines(_("Type the answers, each as NAME: WORDS, or a meeting's saved chat")) or ""
    )
    if not given.strip():
        return None
    drafts.answers_author, drafts.answers = "", given
    shown = preview(drafts)
    for line in preview_words(shown).plain.splitlines():
        talk.put(line)
    if shown.answers and await talk.yes_or_no(_("Add them?"), _("Adds them"), _("Leaves them")):
        return shown.answers
    drafts.answers_sent()
    return None


async def _join(talk: Talk, dialog: JoinAccountsDialog) -> Pairs | None:
    """Asks of each pair, and then of all; `no` to all is nobody."""
    chosen = []
    for pair in dialog.pairs:
        if await talk.yes_or_no(f"{pair.words}?", _("The same person"), _("Somebody else")):
            chosen.append(pair.ids)
    same = counted(len(chosen), "{n} is the same as before.", "{n} are the same as before.")
    if await talk.yes_or_no(same, _("Notes that"), _("Leaves it open")):
        return tuple(chosen)
    return None


async def _recap(talk: Talk, dialog: RecapDialog) -> RecapWish | None:
    """`recap html page.html`; without a file it is printed, and so it is asked for where nothing is given."""
    form, __, file = talk.given().partition(" ")
    if not form:
        chosen = await talk.choose(clean_line(dialog.heading.plain), [Way(one, one) for one in FORMATS])
        if chosen is None:
            return None
        form = chosen
        file = await talk.text(_("The file to write, such as {path}").format(path=dialog.wish.path)) or ""
        if not file.strip():
            return None
    known = next((one for one in FORMATS if form.casefold() in (one[: len(form)], SUFFIXES[one][1:])), None)
    if known is None:
        talk.put(_("A recap is one of {formats}, such as: recap html recap.html").format(formats=", ".join(FORMATS)))
        return None
    path = _path(file.strip()) if file.strip() else dialog.wish.path.with_suffix(SUFFIXES[known])
    return RecapWish(known, path, dialog.wish.anonymous, write=True)


def _path(typed: str) -> Path:
    return Path(typed).expanduser()


FORMS: Mapping[type[ModalScreen[Any]], Form] = {
    ConfirmDialog: _confirm,
    AskDialog: _ask,
    ChooseDialog: _choose,
    InviteAwayDialog: _invite_away,
    InviteShownDialog: _invite_shown,
    ShowTextDialog: _show_text,
    TextPage: _show_page,
    LineDialog: _line,
    NoteDialog: _note,
    LogDialog: _log,
    SourcesDialog: _sources,
    SeatsDialog: _seats,
    PersonCard: _person,
    QuestionForm: _question,
    AddAnswersDialog: _answers,
    JoinAccountsDialog: _join,
    AnnounceDialog: ask_announce,
    PostDialog: ask_post,
    RehearsedPostDialog: ask_rehearsed,
    HelloDialog: ask_hello,
    LookUpDialog: ask_look_up,
    FoundPostDialog: ask_found,
    JumpDialog: _jump,
    RecapDialog: _recap,
}
"""What asks each kind of dialog; a test names those of the desk that are missing."""

WITHOUT_FORM: Mapping[type[ModalScreen[Any]], str] = {
    Dialog: "what all of them are",
    TwoButtonDialog: "what two of them are",
    OpenedPost: "read says what is in it, and every word is at hand anyway",
}
"""The kinds of dialogs that nothing asks for here, each with the reason."""


async def ask_in_words(talk: Talk, dialog: ModalScreen[Any]) -> Any:
    """The result of a dialog, asked in words; None where it cannot be, which is said."""
    form = FORMS.get(type(dialog))
    if form is None:
        talk.put(
            _("This cannot be asked in plain lines yet ({name}). The desk on a screen can.").format(
                name=type(dialog).__name__
            )
        )
        return None
    return await form(talk, dialog)
