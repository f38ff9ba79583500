"""The addresses by which all servers of Mastodon know a post."""

from typing import Any


def uris(posts: list[dict[str, Any]]) -> list[str]:
    return [post["uri"] for post in posts]
