"""The `lunchroom join` behind a page, which speaks with it as textual-serve does."""

import asyncio
import contextlib
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

if TYPE_CHECKING:
    from aiohttp.web import WebSocketResponse

LEAVES_WITHIN = 10.0
"""Seconds in which a desk that is told to leave has to be gone."""


class DeskProcess(AppService):
    """One desk, drawn on one websocket; `told` is given each line that it says, such as why there is none.

    textual-serve's own would hand `argv` to a shell and print what the desk says among the data.
    """

    def __init__(
        self, argv: Sequence[str], environment: dict[str, str], told: Callable[[str], None], socket: "WebSocketResponse"
    ) -> None:
        close: Callable[[], Awaitable[Any]] = socket.close
        super().__init__(
            "lunchroom join",
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=close,
            download_manager=DownloadManager(),
        )
        self._argv = argv
        self._environment_of_desk = environment
        self._told = told
        self._saying: asyncio.Task[None] | None = None

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = {
            **self._build_environment(width, height),
            **self._environment_of_desk,
            "PYTHONIOENCODING": "utf-8",
        }
        alone: dict[str, Any] = {"start_new_session": True} if os.name == "posix" else {}  # Ctrl+C is heard once, here
        process = await asyncio.create_subprocess_exec(
            *self._argv, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment, **alone
        )
        assert process.stderr is not None
        self._process, self._stdin = process, process.stdin
        self._saying = asyncio.create_task(self._say(process.stderr))
        process.stderr = asyncio.StreamReader()  # in whose place textual-serve reads, and finds nothing
        process.stderr.feed_eof()
        return process

    async def _say(self, lines: asyncio.StreamReader) -> None:
        with contextlib.suppress(ValueError):  # a line without end
            while line := await lines.readline():
                if words := line.decode("utf-8", "replace").strip():
                    self._told(words)

    async def run(self) -> None:
        """Until the desk is left or its page gone; then nobody looks at it, and the page is told."""
        await super().run()
        assert self._process is not None
        assert self._process.stdout is not None
        with contextlib.suppress(ConnectionError):
            await self.remote_close()
        while await self._process.stdout.read(65536):  # it would wait for somebody who takes what it draws
            pass

    async def stop(self) -> None:
        """Have the desk leave; on return its process is gone."""
        process = self._process
        try:
            async with asyncio.timeout(LEAVES_WITHIN):
                await super().stop()
                if process is not None:
                    await process.wait()
        except TimeoutError:
            if process is not None:
                process.kill()
                await process.wait()
        if self._saying is not None:
            await self._saying
