"""A chat in which everything happens once: each event and each command there is."""

from typing import Any, TypeVar

from msgspec.structs import replace

from sessions.core import commands as c
from sessions.core import events as e
from sessions.core.commands import Command, Refusal
from sessions.core.events import Event
from sessions.core.plan import Lookup, Plan
from sessions.core.posts import Filed
from tests.sessions.core.building import START, Chat, a_plan

MODERATORS_ONLY = "between-us"
"""Stands in every word that no observer may read."""

WORDS = "station-words"
"""Stands in every word and address of the posts."""

HANDLE = "zz_teacher"
"""The handle of whoever wrote the posts; others name them."""

PERSON = f"mastodon:@{HANDLE}"

Kind = TypeVar("Kind", bound=Chat)


class Recorded(Chat):
    """A chat that keeps the commands."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.commands: list[Command] = []
        super().__init__(*args, **options)

    def try_(self, command: Any, by: str = "Ana", /, **fields: Any) -> tuple[Event, ...] | Refusal:
        fields.setdefault("id", f"c{len(self.commands)}")
        self.commands.append(command(**fields))
        return super().try_(command, by, **fields)


def a_plan_with_notes() -> Plan:
    """The plan, with words for the speaker alone."""
    questions = tuple(replace(question, notes=MODERATORS_ONLY) for question in a_plan().questions)
    return replace(
        a_plan(),
        announce=("staff",),
        questions=questions,
        hashtags=("navasotaisd", "tasanov"),
        lookups=(Lookup("PBL", "Find"),),
    )


def play(chat: Kind) -> Kind:
    """Let everything happen in the chat, and give it."""
    _queue(chat)
    post = _posts(chat)
    _people(chat, post)
    _together(chat, post)
    chat.do(c.Close)
    return chat


def _queue(chat: Chat) -> None:
    chat.do(c.ReleaseRole, "Ben", role="greeter")
    chat.do(c.TakeRole, "Ben", role="greeter")
    chat.do(c.Ask, question="q1", seen=None)
    chat.do(c.Hold)
    chat.do(c.Resume)
    chat.do(c.AddTime, seconds=60)
    chat.do(c.AddQuestion, text="Why?", notes=MODERATORS_ONLY)
    chat.do(c.EditQuestion, question="q7", text="Why not?", notes=f"still {MODERATORS_ONLY}")
    chat.do(c.MoveQuestion, question="q7", after="q1")
    chat.do(c.SkipQuestion, question="q7")
    chat.do(c.RestoreQuestion, question="q7")
    chat.do(c.GiveTurn, "Ben", question="q7", moderator="Ben")
    chat.do(c.ShareMinutes)


def _posts(chat: Chat) -> str:
    """The posts; the id of the first."""
    url = f"https://m.example/@{HANDLE}/{WORDS}"
    said = f"A1: {WORDS} #PBL #navasotaisd"
    post = chat.post(said, handle=HANDLE, newcomer=True, url=url, warning=WORDS, tags=(WORDS,), quoted_tags=(WORDS,))
    chat.post(f"RT @{HANDLE}: {WORDS}", kind="repost", filed=None, repost_of=post)
    removed = chat.post(f"A1: more {WORDS}", handle=HANDLE)
    edited = {"text": f"A1: other {WORDS}", "kind": "answer", "filed": Filed("q1", "label"), "warning": WORDS}
    chat.hear(e.PostEdited, post=post, **edited)
    chat.hear(e.PostRemoved, post=removed)
    chat.do(c.AddPost, text=f"A2: {WORDS}, says @{HANDLE}", author="Kim")
    chat.do(c.File, post=post, question="q2")
    chat.do(c.Highlight, post=post)
    chat.do(c.Unhighlight, post=post)
    chat.do(c.Hide, post=post)
    chat.do(c.Show, post=post)
    chat.do(c.Several, acts=(c.Highlight(id="1", post=post), c.Greet(id="1", person="hand:kim")))
    return post


def _people(chat: Chat, post: str) -> None:
    person = chat.state.posts[post].post.author.id
    chat.do(c.Highlight, person=person)
    chat.do(c.Unhighlight, person=person)
    chat.do(c.Greet, "Ben", person=person)
    chat.do(c.MarkTask, person=person, tag="pbl", done=False)
    chat.do(c.MarkCredit, person=person, asked=True)
    chat.do(c.JoinAccounts, accounts=((person, f"x:{MODERATORS_ONLY}"),))
    chat.do(c.Tag, person=person, school=MODERATORS_ONLY, level=MODERATORS_ONLY, groups=(MODERATORS_ONLY,))
    chat.do(c.Mute, person=person)
    chat.do(c.Unmute, person=person)
    chat.do(c.MuteWord, word=MODERATORS_ONLY)
    chat.do(c.UnmuteWord, word=MODERATORS_ONLY)


def _together(chat: Chat, post: str) -> None:
    chat.do(c.Note, "Ben", text=f"{MODERATORS_ONLY}: @{HANDLE} is new")
    chat.do(c.Undo, "Ben", seq=chat.state.seq)
    chat.hear(e.SourceChanged, source="mastodon:m.example", status="ok", cursor="5")
    author = chat.state.posts[post].post.author
    known = e.KnownPerson(author, START, START + 1, greeted_by=MODERATORS_ONLY, greeted_at=START)
    chat.hear(e.PeopleCarried, people=(known,), last_chat=START)
    chat.do(c.AllowSpending, source="x", ceiling=7.0)
    _posting(chat, "key-00000001", "q2")
    chat.do(c.FinishPosting, key="key-00000001", post="mastodon:own", url=f"https://m.example/{MODERATORS_ONLY}")
    _posting(chat, "key-00000002", "q3")
    chat.do(c.FailPosting, key="key-00000002", reason=MODERATORS_ONLY)
    for key, finish in (("key-00000004", c.FinishAnnouncing), ("key-00000005", c.FailAnnouncing)):
        subject = "q1" if finish is c.FinishAnnouncing else "reminder"
        chat.do(c.BeginAnnouncing, key=key, to="staff", subject=subject, text=f"{MODERATORS_ONLY} @{HANDLE}")
        chat.do(finish, key=key, **({"reason": MODERATORS_ONLY} if finish is c.FailAnnouncing else {}))
    _finds(chat, post)
    chat.do(c.Redact, post=post)
    chat.hear(e.ModeratorLeft, name="Ben", scope="moderator")
    chat.hear(e.HubTakenOver, by="Ben", term=2, key="ab" * 32)


def _finds(chat: Chat, post: str) -> None:
    """What was looked up, and shared by hand and by a posting: one of the posts, too."""
    found = replace(chat.state.posts[post].post, id="mastodon:found", text=f"{WORDS} {MODERATORS_ONLY}")
    chat.do(c.ReserveSpending, source="x", key="key-00000009", most=20)
    chat.do(c.LookUp, source="mastodon:m.example", looks_for="person", text=HANDLE, posts=2)
    chat.do(c.Share, found=found)
    chat.do(c.Share, found=chat.state.posts[post].post)
    where = {"source": "mastodon:m.example", "account": "ana@m.example", "purpose": "share", "how": "new"}
    chat.do(c.BeginPosting, key="key-00000003", subject=found.id, text=f"by @{HANDLE}", found=found, **where)
    chat.do(c.FinishPosting, key="key-00000003", post="mastodon:share", url=f"https://m.example/{MODERATORS_ONLY}")


def _posting(chat: Chat, key: str, subject: str) -> None:
    where = {"source": "mastodon:m.example", "account": "ana@m.example", "purpose": "question"}
    chat.do(c.BeginPosting, key=key, subject=subject, text=f"Q: {MODERATORS_ONLY} @{HANDLE}", **where)
