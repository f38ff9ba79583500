"""A real browser: headless Chromium, steered by its devtools protocol."""

import itertools
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx
from httpx_ws import WebSocketSession, connect_ws

from tests.waiting import PATIENCE, block_until

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0",
    "--window-size=1280,760",
)  # fmt: skip
"""Without 3D the terminal in a page is drawn in elements, whose text can be read."""


class Browser:
    """One browser with one page and a fresh profile in a folder; `asked` are the addresses that it went to."""

    def __init__(self, folder: Path) -> None:
        assert CHROMIUM is not None
        folder.mkdir(parents=True)
        self._process = subprocess.Popen(
            [CHROMIUM, *FLAGS, f"--user-data-dir={folder}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        port = folder / "DevToolsActivePort"
        block_until(lambda: port.exists() and port.read_text().count("\n"), lambda: "the browser did not start")
        base = f"http://127.0.0.1:{port.read_text().splitlines()[0]}"
        self._http = httpx.Client(trust_env=False)
        pages = self._http.get(f"{base}/json/list").json()
        address = next(one["webSocketDebuggerUrl"] for one in pages if one["type"] == "page")
        self._connecting = connect_ws(address, self._http, max_message_size_bytes=2**24)
        self._socket: WebSocketSession = self._connecting.__enter__()
        self._numbers = itertools.count(1)
        self.asked: list[str] = []
        for domain in ("Page", "Network", "Runtime"):
            self.do(f"{domain}.enable")

    def do(self, method: str, **params: Any) -> Any:
        """Have the browser do something; what it answers."""
        number = next(self._numbers)
        self._socket.send_json({"id": number, "method": method, "params": params})
        while (told := self._socket.receive_json(timeout=PATIENCE)).get("id") != number:
            if told.get("method") == "Network.requestWillBeSent":
                self.asked.append(told["params"]["request"]["url"])
            elif told.get("method") == "Network.webSocketCreated":
                self.asked.append(told["params"]["url"])
        assert "error" not in told, told
        return told["result"]

    def open(self, address: str) -> None:
        """Go to an address."""
        self.do("Page.navigate", url=address)

    def value(self, script: str) -> Any:
        """What a script gives in the page."""
        return self.do("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    @property
    def text(self) -> str:
        """What can be read in the page."""
        return self.value("document.body ? document.body.innerText : ''") or ""

    def wait_for(self, words: str) -> None:
        """Return once they can be read in the page."""
        block_until(lambda: words in self.text, lambda: f"not on the page: {words}\n{self.text}")

    def press(self, key: str) -> None:
        """Press a key that types a letter."""
        code = f"Key{key.upper()}"
        for kind, typed in (("keyDown", {"text": key}), ("keyUp", {})):
            self.do("Input.dispatchKeyEvent", type=kind, key=key, code=code, **typed)

    def close(self) -> None:
        """End it."""
        self._connecting.__exit__(None, None, None)
        self._http.close()
        self._process.terminate()
        self._process.wait()
