"""Posts, asked in words: what goes out and where is told first, and nothing goes before a yes."""

from dataclasses import replace

from sessions.core.commands import RECAP
from sessions.words import _
from tui.desk.dialogs.hello_dialog import HelloDialog
from tui.desk.dialogs.post_dialog import PostDialog, ToPost
from tui.desk.dialogs.previews.announce_dialog import AnnounceDialog, ToAnnounce
from tui.desk.dialogs.rehearsed_post import RehearsedPostDialog
from tui.desk.model.elsewhere.announcing import hindrance
from tui.desk.model.posting import REHEARSAL, Target, going_out, problem
from tui.plain.asked.talk import Talk, Way
from tui.text.outside import clean_line


async def ask_post(talk: Talk, dialog: PostDialog) -> ToPost | None:
    """Shows what goes out and where; nothing goes before a yes."""
    wanted = await _networks(talk, dialog)
    text = going_out(dialog.draft, dialog.plan)
    names = _(" and ").join(target.name for target in wanted)
    while True:
        wrong, out = problem(text, wanted), _("Goes out: {text}").format(text=clean_line(text))
        way = await talk.choose(
            wrong or _("yes posts it."), _ways("" if wrong else _("post to {names}").format(names=names)), out
        )
        if way != "words":
            return None if way is None else ToPost(text, wanted if way == "yes" else ())
        text = going_out(await talk.text(_("The words")) or text, dialog.plan)
        dialog.keep(text)


async def ask_rehearsed(talk: Talk, dialog: RehearsedPostDialog) -> ToPost | None:
    """As any post; it goes nowhere, and yes counts it as posted."""
    text = going_out(dialog.draft, dialog.plan)
    while True:
        out = _("Would go out: {text}").format(text=clean_line(text))
        way = await talk.choose(
            _("yes counts it as posted ({rehearsal}).").format(rehearsal=REHEARSAL), _ways(_("rehearse it")), out
        )
        if way != "words":
            return None if way is None else ToPost(text, (), rehearsed=way == "yes")
        text = going_out(await talk.text(_("The words")) or text, dialog.plan)
        dialog.keep(text)


async def _networks(talk: Talk, dialog: PostDialog) -> tuple[Target, ...]:
    """Tells how the post stands with each network; those to which it goes."""
    if dialog.note:
        talk.put(dialog.note)
    text = going_out(dialog.draft, dialog.plan)
    learned = [replace(target, rules=await dialog.learn(target.account)) for target in dialog.targets]
    for target in learned:
        talk.put(
            _("{name}, as @{handle}: {words}").format(
                name=target.name, handle=clean_line(target.account.handle), words=target.words(text)
            )
        )
    return tuple(target for target in learned if target.may and target.wanted)


def _ways(yes: str, *more: Way) -> list[Way]:
    ways = [Way("yes", _("yes: {does}").format(does=yes), "yes")] if yes else []
    return [*ways, Way("words", _("write other words")), *more, Way("copy", _("copy it"))]


async def ask_hello(talk: Talk, dialog: HelloDialog) -> ToPost | None:
    """As any post; there may be several words to choose from, and in a rehearsal nothing is sent."""
    wanted, text = await _networks(talk, dialog), dialog.draft
    does = {
        "post": _("post it"),
        "copy": _("copy it"),
        "rehearse": _("say hello, {rehearsal}").format(rehearsal=REHEARSAL),
    }[dialog.fate]
    take = _("take the words {name}: {text}")
    others = [Way(one.text, take.format(name=clean_line(one.name), text=clean_line(one.text)), one.name)
              for one in dialog.texts if one.text != text]  # fmt: skip
    while True:
        out = going_out(text, dialog.plan)
        wrong = problem(out, wanted) if dialog.fate == "post" else ""
        about = f"{clean_line(dialog.heading.plain)}: {clean_line(out)}"
        way = await talk.choose(
            wrong or _("yes {does}.").format(does=does), _ways("" if wrong else does, *others), about
        )
        if way in (None, "yes", "copy"):
            to = wanted if way == "yes" and dialog.fate == "post" else ()
            return None if way is None else ToPost(out, to, rehearsed=way == "yes" and dialog.fate == "rehearse")
        text = (await talk.text(_("The words")) or text) if way == "words" else way or text
        dialog.keep(text)


async def ask_announce(talk: Talk, dialog: AnnounceDialog) -> ToAnnounce | None:
    """Tells who is told what; what was tried before is asked of each, and nothing goes before a yes."""
    given = talk.given()
    text = (f"{dialog.draft.strip()} {given}" if dialog.what.subject == RECAP else given) if given else dialog.draft
    to = []
    for address in dialog.addresses:
        if address.standing:
            talk.put(f"{clean_line(address.name)}: {clean_line(address.standing)}")
        if address.may and (
            address.wanted
            or await talk.yes_or_no(_("Tell {name}?").format(name=address.name), _("Tells"), _("Leaves out"))
        ):
            to.append(address.name)
    names = _(" and ").join(to)
    mark = f" ({REHEARSAL})" if dialog.rehearses else ""
    while True:
        wrong = hindrance(dialog.what.subject, text, to)
        yes = (
            ""
            if wrong
            else _("rehearse telling {names}").format(names=names)
            if dialog.rehearses
            else _("tell {names}").format(names=names)
        )
        out = (_("Would go out: {text}") if dialog.rehearses else _("Goes out: {text}")).format(text=clean_line(text))
        way = await talk.choose(wrong or _("yes tells {names}{mark}.").format(names=names, mark=mark), _ways(yes), out)
        if way != "words":
            return None if way is None else ToAnnounce(text.strip(), tuple(to) if way == "yes" else ())
        text = await talk.text(_("The words")) or text
        dialog.keep(text)
