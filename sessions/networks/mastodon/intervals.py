"""How often a Mastodon server is asked for what. Pure."""

import msgspec


class Intervals(msgspec.Struct, frozen=True):
    """Seconds between two readings.

    `poll` is for what is newer, 75 of the 300 pages that 15 minutes allow, since others read, too; `beside_stream` the
    same where the stream has proved itself, whose silence is never trusted; `newest` for the newest page, because late
    posts of other servers are sorted in below what was read; `whole` for all of the chat, edited and removed posts
    among it; `thread` for the open question's; `no_stream` before a server is asked again for a stream that it does not
    give; after `silence` without a byte a stream is dead (Mastodon sends a comment every 15); `catching_up` between two
    runs of `CATCH_UP_PAGES`.
    """

    poll: float = 12.0
    beside_stream: float = 45.0
    newest: float = 60.0
    whole: float = 300.0
    thread: float = 15.0
    no_stream: float = 600.0
    silence: float = 35.0
    catching_up: float = 30.0


INTERVALS = Intervals()
"""Those of a real chat; tests take shorter ones."""
