"""What is under the cursor, or a word about why nothing is."""

from sessions.words import _
from tui.desk.port import ChatPort


def post_pointed(port: ChatPort) -> str | None:
    """The post under the cursor, or None with a word about it."""
    if port.aim.post is None:
        port.say(_("No post is under the cursor. Go to one with up and down."))
    return port.aim.post


def person_pointed(port: ChatPort) -> str | None:
    """The person under the cursor of the roster, else who wrote the post under the cursor; None with a word."""
    if port.aim.person is None:
        port.say(_("Nobody is under the cursor."))
    return port.aim.person
