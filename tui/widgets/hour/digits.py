"""Time in digits that are three rows high, of blocks or of what a terminal of few letters has."""

ROWS = 3
"""Rows of a digit."""

_PIXELS = {
    "0": "111 101 101 101 111", "1": "010 110 010 010 111", "2": "111 001 111 100 111", "3": "111 001 111 001 111",
    "4": "101 101 111 001 001", "5": "111 100 111 001 111", "6": "111 100 111 101 111", "7": "111 001 001 001 001",
    "8": "111 101 111 101 111", "9": "111 101 111 001 111", ":": "0 1 0 1 0",
}  # fmt: skip

_STROKES = {
    "0": (" _ ", "| |", "|_|"), "1": ("   ", "  |", "  |"), "2": (" _ ", " _|", "|_ "), "3": (" _ ", " _|", " _|"),
    "4": ("   ", "|_|", "  |"), "5": (" _ ", "|_ ", " _|"), "6": (" _ ", "|_ ", "|_|"), "7": (" _ ", "  |", "  |"),
    "8": (" _ ", "|_|", "|_|"), "9": (" _ ", "|_|", " _|"), ":": (" ", ".", "."),
}  # fmt: skip

_HALVES = {"00": " ", "10": "▀", "01": "▄", "11": "█"}


def _blocks(pixels: str) -> tuple[str, ...]:
    lines = ["0" * len(pixels.split()[0]), *pixels.split()]
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return tuple("".join(_HALVES[a + b] for a, b in zip(above, below, strict=True)) for above, below in pairs)


_BLOCKS = {char: _blocks(pixels) for char, pixels in _PIXELS.items()}


def large(time: str, *, blocks: bool = True) -> tuple[str, ...]:
    """A time (digits and colons) in three rows as wide as one another; of strokes where there are no `blocks`."""
    font = _BLOCKS if blocks else _STROKES
    return tuple(" ".join(font[char][row] for char in time) for row in range(ROWS))
