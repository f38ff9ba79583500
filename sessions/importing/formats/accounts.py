"""Accounts that an archive knows by a number alone, named by what else stands in it. Pure.

Exports name accounts beside what they say: whom a post answers, whom it mentions, whose it repeats, in its address.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sessions.core.cleaning import clean_handle
from sessions.core.decoding import Unreadable, read_any_json
from sessions.core.posts import Post
from sessions.importing.formats.columns import plain_name
from sessions.importing.formats.sheets import Sheet

_DEPTH = 12
_LIMIT = 200_000
"""Accounts that are noted of an archive."""

_NUMBERS = ("userid", "useridstr", "authorid", "id", "idstr", "userids")
_HANDLES = ("screenname", "username", "handle", "acct", "userscreenname")
"""How columns and members end in which the two stand, with the same beginning: `in_reply_to_user_id`."""

_NUMBER = re.compile(r"x?(\d{1,20})(?:\.0)?")
_HANDLE = re.compile(r"@?(\w{1,60}(?:@[\w.-]{3,100})?)")
_PARTED = re.compile(r"[\s,;|]+")
_REPEATED = re.compile(r"\s*RT @(\w{1,60})\b")
_ANSWERED = re.compile(r"\s*\.?@(\w{1,60})\b")
_ADDRESS = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(?P<who>(?!i/)\w{1,60})/status/(?P<post>\d{1,20})"
)


def accounts_in_values(values: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Handles by the numbers of accounts, of objects of JSON, however deep they stand."""
    pairs: list[tuple[str, str]] = []
    for value in values:
        pairs += _pairs_in(value, 0)
        if len(pairs) > _LIMIT:
            break
    return _agreed(pairs)


def accounts_in_sheet(sheet: Sheet) -> dict[str, str]:
    """Handles by the numbers of accounts, of columns that belong together; lists in cells are taken apart."""
    plain = [plain_name(column) for column in sheet.columns]
    paired = [(plain.index(number), plain.index(handle)) for number, handle in _paired(plain)]
    mentions = [place for place, name in enumerate(plain) if name.endswith("mentions")]
    pairs: list[tuple[str, str]] = []
    for row in sheet.rows:
        for place, other in paired:
            if max(place, other) < len(row.cells):
                pairs += _zipped(row.cells[place], row.cells[other])
        for place in mentions:
            if place < len(row.cells) and row.cells[place].startswith("["):
                pairs += _pairs_in_text(row.cells[place])
        if len(pairs) > _LIMIT:
            break
    return _agreed(pairs)


def named(posts: Sequence[Post], known: Mapping[str, str]) -> tuple[Post, ...]:
    """The posts, those whose author goes by a number with the handle that is `known` or that other posts tell."""
    if not any(_is_number(post) for post in posts):
        return tuple(posts)
    handles = {**_agreed(_pairs_in_posts(posts)), **known}
    taken = {post.author.handle.casefold(): post.author.id for post in posts if not _is_number(post)}
    return tuple(_named(post, handles, taken) if _is_number(post) else post for post in posts)


def _is_number(post: Post) -> bool:
    return post.author.handle.isdecimal() and post.author.id.partition(":")[2] == post.author.handle


def _named(post: Post, handles: Mapping[str, str], taken: Mapping[str, str]) -> Post:
    number = post.author.handle
    handle = clean_handle(handles.get(number, ""))
    if not handle or taken.get(handle.casefold(), post.author.id) not in (post.author.id, _by_handle(post, handle)):
        return post
    url = re.sub(rf"/(?:{number}|i)/status/", f"/{handle}/status/", post.url) if post.url is not None else None
    return msgspec.structs.replace(post, author=msgspec.structs.replace(post.author, handle=handle), url=url)


def _by_handle(post: Post, handle: str) -> str:
    """The id that the account has where only its handle stands."""
    return f"{post.author.network}:@{handle.casefold()}"


def _pairs_in_posts(posts: Sequence[Post]) -> Iterator[tuple[str, str]]:
    """Whom posts repeat, answer and link to, where what they repeat, answer and link to is there."""
    numbers = {post.id: post.author.handle for post in posts if _is_number(post)}
    for post in posts:
        network = post.author.network
        for found in _ADDRESS.finditer(f"{post.url or ''} {post.text}"):
            yield numbers.get(f"{network}:{found['post']}", ""), found["who"]
        for form, other in ((_REPEATED, post.repost_of), (_ANSWERED, post.reply_to)):
            said = form.match(post.text)
            if said is not None and other is not None and numbers.get(other, "") != post.author.handle:
                yield numbers.get(other, ""), said[1]


def _pairs_in(value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for one in value:
            yield from _pairs_in(one, depth + 1)
    elif isinstance(value, Mapping):
        plain = {plain_name(key): inner for key, inner in value.items() if isinstance(inner, (str, int))}
        for number, handle in _paired(plain):
            yield str(plain[number]), str(plain[handle])
        for inner in value.values():
            if isinstance(inner, (list, Mapping)):
                yield from _pairs_in(inner, depth + 1)


def _paired(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """The names of which the first is of numbers and the second of the handles beside them."""
    for name in names:
        for ending in _NUMBERS:
            beginning = name.removesuffix(ending)
            if not name.endswith(ending):
                continue
            yield from ((name, f"{beginning}{handle}") for handle in _HANDLES if f"{beginning}{handle}" in names)


def _pairs_in_text(cell: str) -> Iterator[tuple[str, str]]:
    try:
        yield from _pairs_in(read_any_json(cell.encode("utf-8", "replace")), 0)
    except Unreadable:
        return


def _zipped(numbers: str, handles: str) -> Iterator[tuple[str, str]]:
    first, second = _PARTED.split(numbers.strip()), _PARTED.split(handles.strip())
    if len(first) == len(second):
        yield from zip(first, second, strict=True)


def _agreed(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The handle that is said of each number, where hardly any other is."""
    told: dict[str, Counter[str]] = {}
    for number, handle in pairs:
        account, name = _NUMBER.fullmatch(number.strip("'\"")), _HANDLE.fullmatch(handle.strip("'\""))
        if account is not None and name is not None and not name[1].isdecimal():
            told.setdefault(account[1], Counter())[name[1]] += 1
    return {
        number: said.most_common(1)[0][0]
        for number, said in told.items()
        if said.most_common(1)[0][1] * 3 > said.total() * 2
    }
