"""Following the folder of saved chats, and changing it. What blocks runs in threads."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sessions.files.errors import StorageError
from sessions.words import _
from tui.library.chat_store import ChatStore
from tui.library.saved_chats import Chat
from tui.text.wording import failure_words

LOOK_AGAIN = 3.0
"""Seconds after which the folder is looked at again for what other programs changed."""

Result = TypeVar("Result")


class FolderFollower:
    """Hands the chats of `store` to `take` whenever they may differ, and says to `warn` what went wrong.

    `every` is how many seconds lie between two looks at the folder.
    """

    def __init__(
        self,
        store: ChatStore,
        take: Callable[[list[Chat]], None],
        warn: Callable[[str], None],
        *,
        every: float = LOOK_AGAIN,
    ) -> None:
        self._store = store
        self._take = take
        self._warn = warn
        self._every = every
        self._look = asyncio.Event()
        self._busy = asyncio.Lock()

    async def follow(self) -> None:
        """Look at the folder until this is cancelled."""
        seen: tuple[int, bool] | None = None
        while True:
            try:
                stamp = await asyncio.to_thread(self._store.stamp)
                if stamp != seen or stamp[1] or self._look.is_set():
                    self._look.clear()
                    async with self._busy:
                        await self._read()
                    seen = stamp
            except (StorageError, OSError) as error:
                self._warn(_("The saved chats cannot be read: {failure}").format(failure=failure_words(error)))
            try:
                async with asyncio.timeout(self._every):
                    await self._look.wait()
            except TimeoutError:
                continue

    def look_again(self) -> None:
        """Read the folder at once, whether it differs or not."""
        self._look.set()

    async def change(self, work: Callable[[], Result]) -> Result | None:
        """Change files by `work`, which may block, and hand on the chats as they are then.

        None where that failed, which has been said; so `work` must give something else.
        """
        async with self._busy:
            try:
                result = await asyncio.to_thread(work)
                await self._read()
            except (StorageError, OSError) as error:
                self._warn(failure_words(error))
                return None
        return result

    async def _read(self) -> None:
        self._take(await asyncio.to_thread(self._store.chats))
