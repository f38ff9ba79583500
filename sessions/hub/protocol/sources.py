"""`POST /v1/sources/try`: a moderator does not want to wait until the sources that failed are tried again."""

import msgspec


class TriedSources(msgspec.Struct, frozen=True):
    """The names of the sources that are tried `now`, and of those whose networks asked to be left alone until `later`.

    Sources of which nothing fails are in neither.
    """

    now: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
