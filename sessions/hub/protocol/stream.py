"""`GET /v1/events` as a stream: what comes in it beside the events themselves."""

import msgspec


class Heartbeat(msgspec.Struct, frozen=True, omit_defaults=True):
    """The hub's clock (UTC ms), the last durable seq, what keeps it from saving, if so, and who looks on now."""

    now: int
    seq: int
    trouble: str | None = None
    observers: tuple[str, ...] = ()
