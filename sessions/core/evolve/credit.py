"""Which posts have the word by which one asks for credit hours: a chat whose plan has none pays nothing for it."""

from sessions.core.credit import says
from sessions.core.state import SessionState


def look(state: SessionState, post: str) -> None:
    """Take in a post that was just seen, or whose text changed, or that went."""
    word = state.credit_word
    if not word or post not in state.posts:
        return
    author = state.posts[post].post.author.id
    known = state.credit_posts.get(author, ())
    layer = state.layers.get(post)
    gone = layer is not None and (layer.removed or layer.redacted)
    if not gone and says(state, post, word):
        if post not in known:
            state.credit_posts[author] = (*known, post)
    elif post in known:
        left = tuple(one for one in known if one != post)
        if left:
            state.credit_posts[author] = left
        else:
            del state.credit_posts[author]
