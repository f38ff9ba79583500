"""A saved session of our own as a recorded chat: `lunchroom host --source practice:FILE` on a TinyDB session file."""

from pathlib import Path

import msgspec

from sessions.core.evolve import fold
from sessions.core.posts import Post
from sessions.rehearsal.recording import NETWORK, ChatFileError, Recording, hosts_of


def read_saved_session(path: Path) -> Recording:
    """The posts of a saved session as they read at its end; what was removed, taken back or blanked stays out."""
    from sessions.files.errors import StorageError  # a chat file does without TinyDB, which is slow to import
    from sessions.library.storage.reading import read_events

    try:
        events = read_events(path)
    except StorageError as error:
        raise ChatFileError(str(error)) from None
    state = fold(events)
    hosts = state.plan.hosts if state.plan is not None else ()
    gone = {post for post, layer in state.layers.items() if layer.removed or layer.redacted}
    posts = [
        msgspec.structs.replace(seen.post, text=state.text(post), warning=state.warning(post))
        for post, seen in state.posts.items()
        if post not in gone and state.text(post)
    ]
    if not posts:
        raise ChatFileError(f"{path}: this saved chat has no posts; take another one")
    recording = Recording(posts=tuple(_practised(post) for post in posts))
    return msgspec.structs.replace(recording, hosts=hosts_of(recording, hosts, (), str(path)) if hosts else ())


def _practised(post: Post) -> Post:
    """The post under ids of the practice network, so that it is never taken for the one on the real network."""
    author = msgspec.structs.replace(post.author, id=_prefixed(post.author.id))
    return msgspec.structs.replace(
        post,
        id=_prefixed(post.id),
        author=author,
        reply_to=post.reply_to and _prefixed(post.reply_to),
        repost_of=post.repost_of and _prefixed(post.repost_of),
        quote_of=post.quote_of and _prefixed(post.quote_of),
    )


def _prefixed(identifier: str) -> str:
    return identifier if identifier.startswith(f"{NETWORK}:") else f"{NETWORK}:{identifier}"
