"""What a recap tells of tasks and of several hashtags: who did what, what they posted for it, in all formats."""

import csv
import io
import json
from typing import Any

from sessions.core.commands import Hide, MarkTask
from sessions.core.plan import Host, Lookup
from sessions.core.plan.schedule import share_text
from sessions.networks.registry import NETWORKS
from sessions.publishing.texts import task_draft
from sessions.reports.recap import build_recap, render
from sessions.reports.recap.model import Recap, RecapTag
from tests.sessions.core.building import START, Chat, a_plan

TEXT = "Find one <good> thing."


def a_chat(**changed: Any) -> Chat:
    """Kim did the task by a post, Tom by Ana's word, Ilse too late, Ravi's post is hidden, Ben is a host."""
    tasks = (Lookup("PBL", TEXT, START + 60_000), Lookup("flipped", "Ask somebody."))
    fields = {"hashtags": ("navasotaisd", "tasanov"), "optional_hashtags": ("tasanov",), "lookups": tasks}
    chat = Chat(a_plan(**(fields | changed)))
    chat.post("A1: bridges *built* #PBL #navasotaisd", handle="kim")
    chat.post("A1: the course #tasanov", handle="tom")
    chat.post("#PBL #navasotaisd", handle="ben", kind="aside", filed=None)
    hidden = chat.post("#PBL #navasotaisd no", handle="ravi", kind="aside", filed=None)
    chat.post("A1: I read", handle="ravi")
    chat.do(Hide, post=hidden)
    if changed.get("lookups", tasks):
        chat.do(MarkTask, person="mastodon:@tom", tag="PBL", done=True)
    chat.at += 120_000
    chat.post("late #PBL #navasotaisd", handle="ilse", kind="aside", filed=None)
    return chat


def made(chat: Chat | None = None, **options: Any) -> Recap:
    return build_recap((chat or a_chat()).state, "abcdef", **options)


def test_who_did_a_task_and_what_they_posted_for_it() -> None:
    recap = made()
    pbl, flipped = recap.tasks
    assert (pbl.tag, pbl.text, pbl.until, pbl.people, pbl.names) == ("PBL", TEXT, START + 60_000, 2, ("Kim", "Tom"))
    assert [post.name for post in pbl.posts] == ["Kim"]
    assert (flipped.people, flipped.names, flipped.posts, flipped.until) == (0, (), (), None)
    assert {person.name: person.tasks for person in recap.people if person.tasks} == {"Kim": ("PBL",), "Tom": ("PBL",)}
    assert recap.tags == (RecapTag("navasotaisd", 3, 3), RecapTag("tasanov", 1, 1))


def test_a_chat_of_one_hashtag_without_tasks_tells_neither() -> None:
    recap = made(a_chat(hashtags=("navasotaisd",), optional_hashtags=(), lookups=()))
    assert (recap.tasks, recap.tags) == ((), ())
    for kind in ("markdown", "html"):
        assert "Tasks" not in render(recap, kind)
        assert "Posts by hashtag" not in render(recap, kind)


def test_who_is_left_out_is_in_no_task_and_nobody_is_named_where_names_are_replaced() -> None:
    left_out = made(left_out={"mastodon:@kim"}).tasks[0]
    assert (left_out.people, left_out.names, left_out.posts) == (1, ("Tom",), ())
    anonymous = render(made(anonymous=True), "json")
    assert "Kim" not in anonymous
    assert json.loads(anonymous)["tasks"][0]["people"] == 2


def test_every_format_tells_it() -> None:
    recap = made()
    markdown = render(recap, "markdown")
    until = "(until Monday, December 1, 2025, 7:01 PM CST)"
    assert f"## Tasks\n\n### \\#PBL: Find one &lt;good&gt; thing. {until}\n" in markdown
    assert "2 people did it: Kim and Tom." in markdown
    assert "- **Kim** (@kim): bridges \\*built\\* #PBL" in markdown
    assert "### \\#flipped: Ask somebody.\n\nNobody did it yet." in markdown
    assert (
        "## Posts by hashtag\n\n- \\#navasotaisd: 3 posts from 3 people\n- \\#tasanov: 1 post from 1 person" in markdown
    )
    html = render(recap, "html")
    assert f"<bdi>Find one &lt;good&gt; thing.</bdi> {until}</h3>" in html
    assert "<li>#navasotaisd: 3 posts from 3 people</li>" in html
    rows = list(csv.DictReader(io.StringIO(render(recap, "csv"))))
    assert {row["name"]: row["tasks"] for row in rows} == {"Kim": "PBL", "Tom": "PBL", "Ravi": ""}


def test_it_is_said_in_the_language_of_the_chat() -> None:
    chat = a_chat(language="es")
    assert chat.state.plan is not None
    markdown = render(made(chat), "markdown", chat.state.plan.spoken)
    assert "La hicieron 2 personas: Kim y Tom." in markdown
    draft = task_draft(chat.state, chat.state.plan.lookups[1])
    assert draft.text == "Busquen #flipped: Ask somebody. #navasotaisd"
    shared = " ".join(
        share_text(a_plan(language="de", lookups=(Lookup("PBL", TEXT),), hosts=(Host("Ana"),)), NETWORKS).split()
    )
    assert "Postet euren Fund mit #navasotaisd und #PBL, oder zitiert den Beitrag und ergänzt #navasotaisd." in shared
