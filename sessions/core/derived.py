"""The tables `questions`, `answers` and `participants` of a closed session, for people who open its file with a script.

Our own readers fold the events. Times are the hub's UTC milliseconds, ids as in the events. What a moderator hid, what
its author removed and what was blanked is not in them, nor are mute marks, notes or tags.
"""

from typing import Any

from sessions.core.state import Mark, SessionState

Documents = list[dict[str, Any]]


def derived_tables(state: SessionState) -> dict[str, Documents]:
    """The documents of each derived table by the table's name."""
    return {"questions": _questions(state), "answers": _answers(state), "participants": _participants(state)}


def _questions(state: SessionState) -> Documents:
    asked: dict[str, int] = {}
    for opening in state.openings:
        asked.setdefault(opening.question, opening.at)
    return [
        {
            "id": question.id,
            "label": question.label,
            "text": question.text,
            "minutes": question.minutes,
            "state": state.question_state(question.id),
            "asked": asked.get(question.id),
            "answers": state.tally.get(question.id, 0),
        }
        for question in (state.questions[one] for one in state.order)
    ]


def _answers(state: SessionState) -> Documents:
    answers: Documents = []
    for post, seen in state.posts.items():
        if state.kind(post) != "answer" or state.folded(post):
            continue
        filed = state.filed(post)
        question = state.questions[filed.question] if filed is not None else None
        layer = state.layers.get(post)
        answers.append(
            {
                "post": post,
                "question": question.id if question else None,
                "label": question.label if question else None,
                "why": filed.why if filed else None,
                "person": seen.post.author.id,
                "name": seen.post.author.shown,
                "text": state.text(post),
                "posted_at": seen.post.posted_at,
                "url": seen.post.url,
                "highlighted": layer is not None and layer.starred is not None,
            }
        )
    return answers


def _participants(state: SessionState) -> Documents:
    return [
        {
            "id": person.author.id,
            "handle": person.author.handle,
            "name": person.author.name,
            "host": person.host,
            "newcomer": person.newcomer,
            "posts": person.posts,
            "answers": person.answers,
            "greeted": _by(person.greeting),
            "highlighted": person.starred is not None,
        }
        for person in state.present()
        if person.muted is None
    ]


def _by(mark: Mark | None) -> str | None:
    return mark.by if mark is not None else None
