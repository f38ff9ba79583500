"""Writing down who may come in, before anybody is told of it."""

import asyncio
from collections.abc import Callable

from sessions.files.errors import SaveFailed
from sessions.hub.server.entry.access import Access, Keys


async def keep_keys(access: Access, save_keys: Callable[[Keys], None], before: Keys) -> None:
    """Write the tokens down as they are now; where that fails they are as `before` again. Raises `SaveFailed`."""
    try:
        await asyncio.to_thread(save_keys, access.keys)
    except OSError as error:
        access.restore(before)
        raise SaveFailed.from_os(error) from error
