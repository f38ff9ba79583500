"""The pages of a desk in a browser: the desk itself, which textual-serve's script draws, and plain ones."""

from html import escape

_STYLE = """
@font-face { font-family: "Roboto Mono"; src: url("static/fonts/RobotoMono-VariableFont_wght.ttf"); }
html, body { margin: 0; height: 100%; background: #12171d; color: #dce2e8; }
body { font: 16px/1.5 "Roboto Mono", Menlo, Consolas, monospace; }
a { color: #f0b86e; }
.words { position: absolute; inset: 0; display: flex; flex-direction: column; align-items: center;
  justify-content: center; text-align: center; padding: 1em; background: #12171d; z-index: 10; }
.left { display: none; }
body.-first-byte .opening { display: none; }
body.-closed .left { display: flex; }
.textual-terminal { width: 100vw; height: 100vh; overflow: hidden; }
"""

_DESK = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="static/css/xterm.css"><style>{style}</style>
<script src="static/js/textual.js"></script><script src="keys.js"></script></head>
<body><div class="words opening">Opening the desk …</div>
<div class="words left">This desk is closed.<br>
While <code>lunchroom web</code> runs: <a href="">Sit down again</a></div>
<div id="terminal" class="textual-terminal" data-session-websocket-url="ws://{host}{place}ws" data-font-size="{size}">
</div></body></html>
"""
"""Its class names and data are those that textual-serve's script looks for."""

KEYS_SCRIPT = """
addEventListener("load", () => {
  const drawn = new MutationObserver(() => {
    if (document.body.classList.contains("-first-byte")) {
      drawn.disconnect();
      document.querySelector(".xterm-helper-textarea").focus();
    }
  });
  drawn.observe(document.body, { attributes: true, attributeFilter: ["class"] });
});
"""
"""Lets the desk have the keys once it is there; textual-serve's script would wait for a click."""

_PLAIN = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Lunchroom</title>{head}<style>
body {{ font: 18px/1.5 sans-serif; max-width: 34em; margin: 4em auto; padding: 0 1em; color: #1e2730; }}
</style></head><body><p>{words}</p></body></html>
"""

FONT_SIZE = 16
"""Pixels, unless whoever looks on asks for others by `?size=`."""

REFUSED = (
    "This address does not open the desk: each works once, in one browser. For a new one press Enter where "
    "<code>lunchroom web</code> runs, or type <code>lunchroom web</code> again."
)
NOT_HERE = "There is nothing here. Use the address that <code>lunchroom web</code> printed."


def desk_page(title: str, host: str, place: str, size: int) -> str:
    """The page that shows the desk, called by `host` in the folder `place`, in letters of `size` pixels."""
    return _DESK.format(title=escape(title), style=_STYLE, host=escape(host), place=escape(place), size=size)


def plain_page(words: str) -> str:
    """A page of one sentence, which is HTML."""
    return _PLAIN.format(head="", words=words)


def moving_page(place: str) -> str:
    """A page that goes on to `place` by itself, in the history instead of itself."""
    to = escape(place)
    head = f'<meta http-equiv="refresh" content="0; url={to}">'
    return _PLAIN.format(head=head, words=f'<a href="{to}">To the desk</a>')


def policy(host: str) -> str:
    """What a browser may load for these pages: nothing from elsewhere, and nobody may show them in a frame."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        f"img-src 'self' data:; connect-src 'self' ws://{host}; frame-ancestors 'none'; base-uri 'none'; "
        "form-action 'none'"
    )
