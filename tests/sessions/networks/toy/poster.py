"""Posts toy posts; the server honours keys."""

from typing import Any

from sessions.networks.account import Account, SignIns
from sessions.networks.poster import NotSent, Outgoing, PostingRules, Published, Unsure
from sessions.networks.web.errors import NetworkError
from sessions.networks.web.fetching import fetch, open_client, server_address
from tests.sessions.networks.toy.reader import WirePost

RULES = PostingRules(unit="letters", most=300)


class ToyPoster:
    """A `Poster` with one account."""

    def __init__(self, account: Account, **options: Any) -> None:
        self.account = account
        self._client = open_client(transport=options.get("transport"))
        self._url = f"{server_address(account.host)}/posts"
        self._headers = {"Authorization": f"Bearer {account.secret.token}"}

    async def rules(self) -> PostingRules:
        return RULES

    async def send(self, post: Outgoing) -> Published:
        try:
            body = {"key": post.key, "text": post.text}
            answer = await fetch(self._client, "POST", self._url, json=body, headers=self._headers)
        except NetworkError as error:
            raise Unsure(str(error)) from error
        if not answer.ok:
            raise NotSent(f"the toy server answers {answer.status}")
        return _published(answer.read(WirePost, "toy"))

    async def look_up(self, post: Outgoing) -> Published | None:
        return await self.send(post)  # the same key is the same post

    async def aclose(self) -> None:
        await self._client.aclose()


def open_poster(account: Account, _sign_ins: SignIns | None, /, **options: Any) -> ToyPoster:
    """What posts with it."""
    return ToyPoster(account, **options)


def _published(wire: WirePost) -> Published:
    return Published(f"toy:{wire.id}", f"https://toy.example/{wire.author}/{wire.id}")
