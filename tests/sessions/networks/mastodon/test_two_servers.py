"""A plan that reads one hashtag on two servers: what both have is one post, one edit and one removal."""

import itertools
from typing import Any

from sessions.core.events import PostEdited, PostRemoved, PostSeen
from sessions.hub.server import rules
from sessions.networks.source import Delivery
from tests.sessions.core.filing.judging import JudgedChat
from tests.sessions.networks.mastodon.server import Server, reading
from tests.sessions.networks.virtual_time import VirtualTime

OTHER = "other.example"


def federated(there: Server, post: dict[str, Any], parent: dict[str, Any] | None = None) -> dict[str, Any]:
    """The copy of a post that another server has: the same uri, an id of its own, and whole handles."""
    account = post["account"]
    whole = {**account, "acct": f"{account['acct']}@{post['uri'].split('/')[2]}", "id": f"77{account['id']}"}
    own = there.post(reply_to=parent)
    own.update({**post, "id": own["id"], "account": whole, "in_reply_to_id": own["in_reply_to_id"]})
    return own


async def test_what_two_servers_have_is_one_post_one_edit_and_one_removal() -> None:
    time = VirtualTime()
    here, there = Server(time), Server(time)
    there.about = {**there.about, "domain": OTHER}
    first = here.post("Q1: what does the first station look like?", who="ana")
    answer = here.post("A1 quiet", reply_to=first)
    only_here = here.post("not federated")
    copy = federated(there, first)
    answer_there = federated(there, answer, copy)
    only_there = there.post("from elsewhere", uri=f"https://{OTHER}/users/cy/statuses/1")

    async with reading(here) as one, reading(there, spec=f"mastodon:{OTHER}") as two:
        assert one.posts[:2] == two.posts[:2]  # whichever server is quicker, the session has the same
        for server, post in ((here, answer), (there, answer_there)):
            server.edit(post, "A1 a quiet corner")
            server.remove(first if server is here else copy)
        await time.go_on(100)

    chat = JudgedChat()
    events = []
    for both in itertools.zip_longest(one.deliveries, two.deliveries):
        for source, delivery in zip(("mastodon:m.example", f"mastodon:{OTHER}"), both, strict=True):
            delivery = delivery or Delivery(status="ok")
            for item in delivery.items:
                events += rules.delivered(chat.state, chat.judge, item, at=chat.at, follow=False)
            events += rules.fared(chat.state, source, delivery, at=chat.at)
    seen = [event.post for event in events if isinstance(event, PostSeen)]
    assert [post.id for post in seen] == [f"mastodon:{post['uri']}" for post in (first, answer, only_here, only_there)]
    assert seen[1].reply_to == seen[0].id
    assert [(event.post, event.text) for event in events if isinstance(event, PostEdited)] == [
        (seen[1].id, "A1 a quiet corner")
    ]
    assert [event.post for event in events if isinstance(event, PostRemoved)] == [seen[0].id]
