"""The text and the address of the post under the cursor, at a live desk and in a replay."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import urlsplit

from sessions.words import _
from tui.desk.actions.pointed import post_pointed
from tui.desk.port import ChatPort
from tui.dialogs.show_text import ShowTextDialog
from tui.shell.actions import Handler
from tui.shell.port import ScreenPort
from tui.text.browser import in_browser
from tui.text.outside import clean_line


async def show_address(port: ScreenPort, url: str, browse: Callable[[str], object] | None = None) -> None:
    """Show an address from outside, and open it in the browser if that is wanted."""
    openable = urlsplit(url).scheme in ("http", "https")
    words = _("Opens in the browser of this computer.") if openable else _("This is no web address; it is only shown.")
    if openable and in_browser():  # this computer's own may stand elsewhere
        openable, words = False, _("Click on it, or copy it, to open it in your browser.")
    dialog = ShowTextDialog(_("Address of the post"), clean_line(url), words, offer=_("Open it") if openable else "")
    if await port.ask(dialog) and openable:
        await asyncio.to_thread(browse or _in_browser, url)


def _in_browser(url: str) -> object:
    import webbrowser

    return webbrowser.open(url)


class PostTextActions:
    """Copying a post's text, and showing its address; `browse` opens one in the browser and may block."""

    def __init__(self, port: ChatPort, browse: Callable[[str], object] | None = None) -> None:
        self._port = port
        self._browse = browse

    def handlers(self) -> Mapping[str, Handler]:
        """What does each action of this group."""
        return {"copy": self.copy, "address": self.show_address}

    def copy(self) -> None:
        """Put the post's text on the clipboard."""
        post = post_pointed(self._port)
        if post is not None:
            self._port.start(partial(self._copy, self._port.model.state.text(post)))

    async def _copy(self, text: str) -> None:
        said = await self._port.copy(text, _("the post"))
        if said:
            self._port.say(said)

    def show_address(self) -> None:
        """Show the post's address, and open it if that is wanted."""
        post = post_pointed(self._port)
        if post is None:
            return
        url = self._port.model.state.posts[post].post.url
        if not url:
            self._port.say(_("This post has no address."))
            return
        self._port.start(partial(show_address, self._port, url, self._browse))
