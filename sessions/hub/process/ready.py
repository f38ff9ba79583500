"""What a hub says once it answers, and that it cannot start: for who starts one, without all that a hub is made of."""

import msgspec

from sessions.core.errors import LunchroomError


class HubError(LunchroomError):
    """The hub cannot start or go on; one line that says what to do next. `exit_code` is that which fits."""

    def __init__(self, words: str, exit_code: int = 1) -> None:
        super().__init__(words)
        self.exit_code = exit_code


class AwayInvites(msgspec.Struct, frozen=True):
    """An invite of either kind for somebody in another home."""

    moderator: str
    observer: str


class Ready(msgspec.Struct, frozen=True, omit_defaults=True):
    """The ready line: where the hub is and how to get in; `invites` where it was to let somebody elsewhere in."""

    url: str
    token: str
    observer_token: str
    session: str
    file: str
    invites: AwayInvites | None = None
