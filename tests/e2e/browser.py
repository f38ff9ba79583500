"""A real browser: headless Chromium, steered by its devtools protocol; what it is sent is drawn as a terminal would."""

import base64
import itertools
import queue
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pyte
from httpx_ws import WebSocketSession, connect_ws

from tests.waiting import PATIENCE, block_until

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

FLAGS = (
    "--headless", "--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--remote-debugging-port=0", "--enable-unsafe-swiftshader", "--window-size=1280,760",
)  # fmt: skip

_PRIVATE = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-ln-zA-Z]|\x1b\[\?[0-9;$]*[a-z]")


class Browser:
    """One browser with one page, and the screen that the page's websocket is sent."""

    def __init__(self, folder: Path) -> None:
        assert CHROMIUM is not None
        folder.mkdir(parents=True)
        self._process = subprocess.Popen(
            [CHROMIUM, *FLAGS, f"--user-data-dir={folder}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        port = folder / "DevToolsActivePort"
        block_until(lambda: port.exists() and port.read_text().count("\n"), lambda: "no browser")
        self._base = f"http://127.0.0.1:{port.read_text().splitlines()[0]}"
        pages = httpx.get(f"{self._base}/json/list", trust_env=False).json()
        address = next(one["webSocketDebuggerUrl"] for one in pages if one["type"] == "page")
        self._http = httpx.Client(trust_env=False)
        self._connecting = connect_ws(address, self._http, max_message_size_bytes=2**26)
        self._socket: WebSocketSession = self._connecting.__enter__()
        self._numbers = itertools.count(1)
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self.asked: list[str] = []
        for domain in ("Page", "Network", "Runtime"):
            self.do(f"{domain}.enable")

    def do(self, method: str, **params: Any) -> Any:
        """Have the browser do something; what it answers."""
        number = next(self._numbers)
        self._socket.send_json({"id": number, "method": method, "params": params})
        while (told := self._told(PATIENCE)).get("id") != number:
            pass
        assert "error" not in told, told
        return told["result"]

    def open(self, address: str) -> None:
        """Go to an address."""
        self.do("Page.navigate", url=address)

    def value(self, script: str) -> Any:
        """What a script gives in the page."""
        return self.do("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key that types a letter."""
        code = f"Key{key.upper()}"
        for kind in ("keyDown", "keyUp"):
            typed = {"text": key} if kind == "keyDown" else {}
            self.do("Input.dispatchKeyEvent", type=kind, key=key, code=code, **typed)

    @property
    def text(self) -> str:
        """The screen of the desk as it is drawn in the page."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, shows: Callable[[], object]) -> None:
        """Read what the browser tells until that holds."""
        deadline = time.monotonic() + PATIENCE
        while not shows():
            assert time.monotonic() < deadline, f"never came\n{self.text}\n{self.asked}"
            try:
                self._told(0.2)
            except TimeoutError:
                continue

    def picture(self) -> bytes:
        """The page as a PNG."""
        return base64.b64decode(self.do("Page.captureScreenshot")["data"])

    def close(self) -> None:
        """End it."""
        self._connecting.__exit__(None, None, None)
        self._http.close()
        self._process.terminate()
        self._process.wait()

    def _told(self, timeout: float) -> dict[str, Any]:
        try:
            told: dict[str, Any] = self._socket.receive_json(timeout=timeout)
        except queue.Empty:
            raise TimeoutError from None
        params = told.get("params", {})
        match told.get("method"):
            case "Network.requestWillBeSent":
                self.asked.append(params["request"]["url"])
            case "Network.webSocketCreated":
                self.asked.append(params["url"])
            case "Network.webSocketFrameSent" if '"resize"' in params["response"]["payloadData"]:
                width, height = map(int, re.findall(r":(\d+)", params["response"]["payloadData"]))
                self._screen.resize(height, width)
            case "Network.webSocketFrameReceived" if params["response"]["opcode"] == 2:
                self._stream.feed(_PRIVATE.sub(b"", base64.b64decode(params["response"]["payloadData"])))
        return told
