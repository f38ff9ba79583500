"""Links in posts: finding them, making them short to read, and telling which lead to somebody's page or post."""

import re
from collections.abc import Container
from urllib.parse import quote, urlsplit, urlunsplit

from sessions.core.filing.labels import lexicon

LINK = re.compile(r"(?i)\bhttps?://[^\s<>\"“”«»]+")
"""A link with its scheme; only these become links in a recap."""

_TRAILING = ".,:;!?'…’*_"
_TRACKING = re.compile(r"(?i)(?:utm_\w+|fbclid|gclid|igshid|mc_[ce]id|ref_src|ref_url)=")
_STATUS = re.compile(r"(?i)/(?:status(?:es)?/\d+|@[^/]+/\w+|profile/[^/]+/post/)")
_PERSONAL_PATH = re.compile(r"(?i)/(?:@|users/|profile/|in/|people/)")
_PERSONAL_HOSTS = lexicon(
    "twitter.com x.com t.co pic.twitter.com facebook.com fb.me instagram.com threads.net linkedin.com"
    " bsky.app tiktok.com"
)


def trimmed(found: str) -> str:
    """What was found by `LINK` without the punctuation of the sentence around it."""
    found = found.rstrip(_TRAILING)
    while found.endswith((")", "]")) and found.count("(["[")]".index(found[-1])]) < found.count(found[-1]):
        found = found[:-1].rstrip(_TRAILING)
    return found


def with_links(text: str) -> list[tuple[str, str | None]]:
    """The text in pieces: words with None, a link as it stands there with its tidied address."""
    pieces: list[tuple[str, str | None]] = []
    place = 0
    for found in LINK.finditer(text):
        written = trimmed(found[0])
        address = tidy_link(written)
        if address:
            pieces += [(text[place : found.start()], None), (written, address)]
            place = found.start() + len(written)
    return [*pieces, (text[place:], None)]


def links_in(text: str) -> list[str]:
    """The links of a text, tidied, in order. Those that the network cut off (`https://example.org/a…`) lead nowhere."""
    found = (match[0] for match in LINK.finditer(text))
    tidied = (tidy_link(trimmed(link)) for link in found if not link.endswith("…") or link == "…")
    return [link for link in tidied if link]


def tidy_link(link: str) -> str:
    """The link with a lower-case host and without marks of tracking; empty where it is none."""
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError:  # an unclosed [ of an IPv6 address
        return ""
    if not host or parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc:
        return ""
    query = "&".join(one for one in parts.query.split("&") if not _TRACKING.match(one))
    path = "" if parts.path == "/" and not query else parts.path
    tidied = urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, query, parts.fragment))
    return quote(tidied, safe="%/:?#[]@!$&'()*+,;=~-._")


def same_link(link: str) -> str:
    """A key that is the same for links which differ in scheme, `www.` and a slash at the end."""
    parts = urlsplit(link)
    netloc = parts.netloc.removeprefix("www.")
    return urlunsplit(("", netloc, parts.path.rstrip("/"), parts.query, parts.fragment))


def shown_link(link: str, width: int = 60) -> str:
    """The link as people read it: without scheme and `www.`, at most `width` characters."""
    shown = link.partition("://")[2].removeprefix("www.").rstrip("/")
    return shown if len(shown) <= width else shown[: width - 1] + "…"


def leads_to_post(link: str) -> bool:
    """Whether the link is that of a post, as in a quote: talk of the chat and nothing to read up."""
    return _STATUS.search(urlsplit(link).path) is not None


def leads_to_person(link: str, sites: Container[str] = ()) -> bool:
    """Whether the link is by its form somebody's page or post on a social network; `sites` are more hosts of such."""
    parts = urlsplit(link)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("mobile.").removeprefix("m.")
    return host in _PERSONAL_HOSTS or host in sites or _PERSONAL_PATH.match(parts.path) is not None
