"""mastodon-mock on a computer whose clock a test moves: `python -m tests.sessions.networks.mastodon.moved_mock ARGV`.

The file that `AHEAD` names holds by how many seconds it is ahead of this computer's.
"""

import datetime
import os
from pathlib import Path

from mastodon_mock.cli import main
from mastodon_mock.db import models

from tests.sessions.networks.mastodon.mock_server import AHEAD


class Moved(datetime.datetime):
    """What the server asks for the time."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> "Moved":
        """The time there."""
        seconds = float(Path(os.environ[AHEAD]).read_text(encoding="ascii"))
        return super().now(tz) + datetime.timedelta(seconds=seconds)


if __name__ == "__main__":
    models.datetime = Moved  # type: ignore[attr-defined]
    main()
