"""What moderators post to the networks and tell elsewhere. A handler is named for its event in `core.events`."""

from msgspec.structs import replace

from sessions.core import events as e
from sessions.core.evolve.actions import note_action
from sessions.core.evolve.posts import blank_posting
from sessions.core.state import Announcement, Posting, SessionState


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


def announcing_begun(state: SessionState, event: e.AnnouncingBegun) -> None:
    state.announcements[event.key] = Announcement(event)


def announcing_done(state: SessionState, event: e.AnnouncingDone) -> None:
    known = state.announcements.get(event.key)
    if known is not None:
        state.announcements[event.key] = replace(known, done_at=event.at, failed=None)


def announcing_failed(state: SessionState, event: e.AnnouncingFailed) -> None:
    known = state.announcements.get(event.key)
    if known is not None and known.unfinished:
        state.announcements[event.key] = replace(known, failed=event.reason)


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
