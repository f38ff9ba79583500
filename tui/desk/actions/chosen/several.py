"""What is done to the post under the cursor, or to all that are marked, as one."""

from collections.abc import Sequence

from sessions.core.commands import MOST_ACTS, Act, Several
from sessions.words import _
from tui.desk.actions.pointed import post_pointed
from tui.desk.port import ChatPort, DeskPort
from tui.desk.sending.commands import command_id


def posts_meant(port: ChatPort) -> tuple[str, ...]:
    """The posts that are marked, without those removed since, else the one under the cursor; none with a word."""
    marked = port.aim.marked
    if not marked:
        post = post_pointed(port)
        return () if post is None else (post,)
    state = port.model.state
    there = tuple(
        post for post in marked if post in state.posts and not (post in state.layers and state.layers[post].removed)
    )
    if not there:
        port.say(_("The marked posts were removed by those who wrote them."))
    return there


def send_as_one(port: DeskPort, acts: Sequence[Act]) -> None:
    """Send one alone as ever, several so that one undo takes all of it back; say it where there are too many."""
    if len(acts) > MOST_ACTS:
        port.say(
            _("Nothing was done: at most {most_acts} at once, and these are {acts}.").format(
                most_acts=MOST_ACTS, acts=len(acts)
            ),
            warn=True,
        )
    elif len(acts) == 1:
        port.send(acts[0])
    elif acts:
        port.send(Several(id=command_id(), acts=tuple(acts)))
