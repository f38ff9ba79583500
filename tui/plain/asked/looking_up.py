"""Looking up elsewhere, asked in words: what is found is read out with numbers; a number leads to what can be done."""

from sessions.core.posts import Post
from sessions.words import _
from tui.desk.dialogs.look_up import FoundPostDialog, LookUpDialog, found_lines
from tui.desk.model.desk import DeskModel
from tui.desk.model.elsewhere.finds import sharing_words
from tui.plain.asked.talk import Talk, Way
from tui.text.days import day_name, half_told
from tui.text.outside import clean_line, cut
from tui.text.wording import zone_of

READ = 8
"""Posts that are read out at once."""

LONGEST = 160
"""Cells of a post that are read before it is chosen."""

_MORE = "older posts"  # words: a value
"""Not `more`, which is a word that gives the open question a minute."""


async def ask_look_up(talk: Talk, dialog: LookUpDialog) -> None:
    """Looks up what stands behind the word, everywhere; what costs is asked before by who looks up."""
    looks = dialog.looks
    typed = talk.given() or await talk.text(_("A #hashtag, a @name or words to look up")) or ""
    if not typed.strip():
        return
    talk.put(await looks.look_up(typed, [place.source for place in looks.places]))
    read = 0
    while looks.finds is not None and looks.finds.posts:
        posts = looks.finds.oldest_first[::-1]
        shown = posts[read : read + READ]
        ways = [Way(post.id, found_line(dialog.model, post)) for post in shown]
        ways += [Way(_MORE, _("older posts"), "older")] if read + READ < len(posts) or looks.finds.next else []
        chosen = await talk.choose(_("Which post? Its number reads it, and asks what to do with it"), ways)
        if chosen is None:
            return
        if chosen != _MORE:
            await _one(talk, dialog, chosen)
            continue
        read += READ
        if read >= len(posts):
            talk.put(await looks.more())
            if read >= len(looks.finds.posts):
                return


async def _one(talk: Talk, dialog: LookUpDialog, chosen: str) -> None:
    looks = dialog.looks
    post = looks.finds.posts.get(chosen) if looks.finds is not None else None
    if post is None:
        return
    does = {"share": looks.share, "copy": looks.copy, "address": looks.show_address}
    wish = await ask_found(talk, FoundPostDialog(dialog.model, post, looks.key_of))
    said = await does[wish](post) if wish is not None else ""
    if said:
        talk.put(said)


async def ask_found(talk: Talk, dialog: FoundPostDialog) -> str | None:
    """Reads the whole post, and asks what to do with it."""
    post = dialog.post
    words = f"[{clean_line(post.warning)}] " if post.warning else ""
    talk.put(f"{clean_line(dialog.heading.plain)}: {words}{clean_line(post.text)}")
    for line in found_lines(dialog.model, post):
        talk.put(line)
    ways = [Way("share", _("share it with the chat")), Way("copy", _("copy it")), Way("address", _("read its address"))]
    return await talk.choose(_("What with it?"), ways)


def found_line(model: DeskModel, post: Post) -> str:
    """A found post in a line: when, whose, what, and whether it was shared."""
    zone = zone_of(model.state.plan)
    at = f"{day_name(post.posted_at, zone)}, {half_told(post.posted_at, zone)}"
    shared = " (shared)" if sharing_words(model.state, post.id) else ""
    warning = f"[{clean_line(post.warning)}] " if post.warning else ""
    return f"{at}, {clean_line(post.author.shown)}{shared}: {warning}{cut(clean_line(post.text), LONGEST)}"
