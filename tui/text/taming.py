"""Outside text with nothing in it that a terminal would obey. Of the standard library alone: commands start quickly."""

import codecs
import re
import unicodedata

_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_OBEYED = "\x7f-\x9f\xad\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb"
"""What a terminal, or whoever reads on it, is steered by, beside the control characters of ASCII."""

_RISKY = re.compile(
    f"[\x00-\x09\x0b-\x1f{_OBEYED}]"
    rf"|(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])"
    r"|(?<=[\u0300-\u036f]{4})[\u0300-\u036f]+"
)
"""Controls; joiners that join no emoji (their width is measured wrongly); the surplus of piled up accents."""
_PICTURES = 0x2400

_STEERING = re.compile(f"[{_OBEYED}]")


def _tamed(match: re.Match[str]) -> str:
    char = match[0]
    if char == "\t":
        return " "
    if char in "\u2028\u2029":
        return "\n"
    if char < " ":
        return chr(_PICTURES + ord(char))
    if "\x7f" <= char <= "\x9f" or "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return ""


def clean(text: str) -> str:
    """The text with nothing in it that a terminal would obey.

    Control characters become their pictures (`␛`), line breaks stay, bidirectional controls go, and so does what
    would make the text wider or higher on the screen than it measures.
    """
    if _RISKY.search(text) is None:
        return text
    return _RISKY.sub(_tamed, text.replace("\r\n", "\n"))


def clean_lines(text: str) -> str:
    """The text as `clean` has it, line by line as any system ends them, with its tabs: they may tell who said what."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\t".join(map(clean, lines.split("\t")))


def clean_line(text: str) -> str:
    """The text as `clean` has it, on one line."""
    return " ".join(clean(text).split())


def clean_json(text: str) -> str:
    """The same JSON value with escapes in the place of what would steer a terminal."""
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


DRAWN = "tui.drawn"
"""How to encode for a terminal whose letters are few: what it lacks is drawn with what it has."""

_SIGNS = dict(
    zip(
        "→←↑↓▶◀▲▼▴▾…·•●★☆◆○✓✗‘’“”–—░▒▔▁⏎↗✉■‖␛▕▏",
        "><^v><^v^v..*****ovx''\"\"--.:-_<^@#|^[]",
        strict=True,
    )
)


def _drawn(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_sign, error.object[error.start : error.end])), error.end


def _sign(char: str) -> str:
    """What stands for a character, as wide as it is."""
    name = unicodedata.name(char, "")
    if unicodedata.combining(char):
        return ""
    if char in _SIGNS:
        return _SIGNS[char]
    if name.startswith("BOX DRAWINGS"):
        lines = "VERTICAL" in name, "HORIZONTAL" in name
        return {(True, False): "|", (False, True): "-"}.get(lines, "+")
    if "\u2580" <= char <= "\u259f":
        return "#"
    if (bare := unicodedata.normalize("NFKD", char)[0]).isascii() and bare.isprintable():
        return bare
    return "??" if unicodedata.east_asian_width(char) in "WF" else "?"


codecs.register_error(DRAWN, _drawn)
