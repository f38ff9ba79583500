"""What moderators post to the networks. A handler is named for its event, of which `sessions.core.events` tells."""

from msgspec.structs import replace

from sessions.core import events as e
from sessions.core.evolve.actions import note_action
from sessions.core.evolve.posts import blank_posting
from sessions.core.state import Posting, SessionState


def posting_begun(state: SessionState, event: e.PostingBegun) -> None:
    state.postings[event.key] = Posting(event)


def posting_done(state: SessionState, event: e.PostingDone) -> None:
    posting = state.postings.get(event.key)
    if posting is None:
        return
    state.postings[event.key] = replace(posting, post=event.post, url=event.url, done_at=event.at, failed=None)
    layer = state.layers.get(event.post)
    if layer is not None and layer.redacted:
        blank_posting(state, event.key)


def posting_failed(state: SessionState, event: e.PostingFailed) -> None:
    posting = state.postings.get(event.key)
    if posting is not None and posting.unfinished:
        state.postings[event.key] = replace(posting, failed=event.reason)


def looked_up(state: SessionState, event: e.LookedUp) -> None:
    state.lookups.append(event)
    state.reserved.pop(event.key, None)


def spending_reserved(state: SessionState, event: e.SpendingReserved) -> None:
    if event.most:
        state.reserved[event.key] = event
    else:
        state.reserved.pop(event.key, None)


def post_shared(state: SessionState, event: e.PostShared) -> None:
    note_action(state, event, None, ("share", event.found.id))
    state.shares[event.seq] = event


def unshare_post(state: SessionState, event: e.PostShared, _before: None) -> None:
    del state.shares[event.seq]
