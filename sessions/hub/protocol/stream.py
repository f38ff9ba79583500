"""`GET /v1/events` as a stream: what comes in it beside the events themselves."""

import msgspec

from sessions.hub.protocol.presence import AtDesk


class Pointed(msgspec.Struct, frozen=True):
    """The moderator `by` points at this desk: "this is you". One `id` is one time that they did."""

    id: str
    by: str


class Heartbeat(msgspec.Struct, frozen=True, omit_defaults=True):
    """The hub's clock (UTC ms), the last durable seq, what keeps it from saving, if so, and who looks on now.

    `pointed` is there for some seconds after somebody pointed at this desk.
    `deputies` is another one whenever what moderators' desks are told of who could go on is another.
    `others` are the moderators at other desks who told where they are; observers are not told.
    `absent` are the moderators who have not left as far as events go, but are not heard of, as after a takeover.
    """

    now: int
    seq: int
    trouble: str | None = None
    observers: tuple[str, ...] = ()
    pointed: Pointed | None = None
    deputies: str = ""
    others: tuple[AtDesk, ...] = ()
    absent: tuple[str, ...] = ()
