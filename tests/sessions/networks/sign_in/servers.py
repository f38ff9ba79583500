"""Servers of the networks, with answers that real ones gave, behind httpx's own transport for tests."""

import json
from urllib.parse import parse_qs

import httpx

from tests.paths import TESTS

RECORDED = TESTS / "recorded"
HOST = "m.example"
TOKEN = {"access_token": "t0ken-given", "token_type": "Bearer", "scope": "read", "created_at": 1}
RULES = "/2/tweets/search/stream/rules"

HTML = httpx.Response(200, html="<html>Log in to this network</html>")

Answers = dict[str, httpx.Response | Exception]


def recorded(name: str) -> httpx.Response:
    """The answer of this recording."""
    recording = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    headers = {key: value for key, value in recording["headers"].items() if key.startswith(("ratelimit", "retry"))}
    return httpx.Response(recording["status"], headers=headers, json=recording["body"])


class Server:
    """Gives the answer that belongs to the path, and remembers what was asked."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.asked: list[httpx.Request] = []
        self.client = httpx.AsyncClient(transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.get(request.url.path, httpx.Response(404, json={"error": "Record not found"}))
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    def form(self, path: str) -> dict[str, str]:
        """The form that was sent there."""
        request = next(one for one in self.asked if one.url.path == path)
        return {name: values[0] for name, values in parse_qs(request.content.decode()).items()}

    @property
    def paths(self) -> list[str]:
        return [request.url.path for request in self.asked]


def mastodon_server(**other: httpx.Response | Exception) -> Server:
    """A server that lets in; `other` are its answers by the last word of the path."""
    answers: Answers = {
        "/api/v2/instance": recorded("mastodon/m464_instance_v2"),
        "/api/v1/apps": httpx.Response(200, json={"client_id": "app-id", "client_secret": "app-s3cret"}),
        "/oauth/token": httpx.Response(200, json=TOKEN),
        "/oauth/revoke": httpx.Response(200, json={}),
        "/api/v1/accounts/verify_credentials": recorded("mastodon/m464_verify_credentials"),
    }
    for path in answers:
        answers[path] = other.get(path.rpartition("/")[2], answers[path])
    return Server(answers)
