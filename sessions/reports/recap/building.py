"""Building a recap from a session: pure, the same events give the same recap."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping

from msgspec.structs import replace

from sessions.core import clock
from sessions.core.filing.labels import reader_of
from sessions.core.filing.words import part_of, words_said
from sessions.core.hashtags import tag_key
from sessions.core.identity import bare_handle, is_pseudonym
from sessions.core.plan import Lookup, Plan
from sessions.core.state import SessionState
from sessions.core.tasks.standing import standing
from sessions.reports.digest import MOST_ANSWERED, Span, replies, whole_month
from sessions.reports.recap.activity import MINUTE, activity
from sessions.reports.recap.days import day_of, days_of
from sessions.reports.recap.finds import finds_of
from sessions.reports.recap.links import leads_to_post, links_in, same_link
from sessions.reports.recap.model import (
    VERSION,
    NextChat,
    Recap,
    RecapDay,
    RecapHost,
    RecapLink,
    RecapNumbers,
    RecapPerson,
    RecapPost,
    RecapQuestion,
    RecapTag,
    RecapTask,
)
from sessions.reports.recap.names import Names
from sessions.reports.recap.persons import Persons
from sessions.reports.recap.texts import Piece, clean, joined, one_line, said

Answer = list[Piece]
"""The posts that make one answer."""


def build_recap(
    state: SessionState,
    session: str,
    *,
    left_out: Container[str] = frozenset(),
    same: Mapping[str, str] | None = None,
    known: Container[str] = frozenset(),
    next_chat: NextChat | None = None,
    anonymous: bool = False,
    sites: Container[str] = frozenset(),
    span: Span | None = None,
    elsewhere: Container[str] = frozenset(),
) -> Recap:
    """The recap of the session with this id; of a month of a channel the digest of a `span`, else of the whole month,
    without the posts that are `elsewhere`, in a chat of the series.

    `left_out` has the ids of people who are in no recap: neither their posts nor their names. Nor are hidden, removed
    and blanked posts in it, spam, or anything of people who are muted or forgotten; what moderators noted for
    themselves never is. A post with a muted word is counted and not quoted. Every count is of what remains. `same` has
    further accounts of a person with the one by which they go; whoever has several is one person, and so is a host of
    the plan. `known` has the ids of people who came before, whatever the chat itself took them for. With `anonymous`
    names, handles and ids are replaced and times are to the minute, and no link leads to the `sites` of the networks.
    """
    if state.channel and span is None:
        span = whole_month(state)
    return _Building(state, left_out, same or {}, known, anonymous, sites, span, elsewhere).recap(session, next_chat)


class _Building:
    def __init__(
        self,
        state: SessionState,
        left_out: Container[str],
        same: Mapping[str, str],
        known: Container[str],
        anonymous: bool,
        sites: Container[str],
        span: Span | None,
        elsewhere: Container[str],
    ) -> None:
        self._state = state
        self._span = span
        self._known = known
        self._left_out = left_out
        self._plan = state.plan if state.plan is not None else Plan()
        self._reader = reader_of(*self._plan.languages)
        self._persons = Persons(state, same)
        self._texts = {post: clean(state.text(post)) for post in state.posts}
        self._posts = sorted(
            (
                post
                for post, seen in state.posts.items()
                if not state.folded(post)
                and state.kind(post) != "spam"
                and seen.post.author.id not in left_out
                and not is_pseudonym(seen.post.author.id)
                and (span is None or (span.holds(seen.post.posted_at) and post not in elsewhere))
            ),
            key=lambda post: state.posts[post].post.posted_at,
        )
        self._quotable = [post for post in self._posts if state.muted_word(post) is None]
        texts = [(seen.post.author.id, self._texts[post]) for post, seen in state.posts.items()]
        self._names = Names(state, texts, persons=self._persons, left_out=left_out, anonymous=anonymous, sites=sites)
        for post in self._posts:  # whoever posts first is numbered first
            self._names.shown(state.posts[post].post.author)
        self._repeated: list[Answer] = []
        self._ids = {post: f"post-{number}" for number, post in enumerate(self._posts, 1)} if anonymous else {}
        shared = [state.posts[post].post for post in self._posts if state.kind(post) == "repost"]
        reposts = {(one.repost_of or one.id, self._persons.of(one.author.id)) for one in shared}  # each person once
        self._shares = len(reposts)
        self._reposts = Counter(original for original, _ in reposts)
        self._replies = replies(self._persons.of, (state.posts[post].post for post in self._posts), state.posts)

    def recap(self, session: str, next_chat: NextChat | None) -> Recap:
        state, plan, names = self._state, self._plan, self._names
        answers = self._once(joined(self._piece(post) for post in self._quotable if self._may_answer(post)))
        repeated = {piece.id for answer in self._repeated for piece in answer}
        told = {piece.id for answer in answers for piece in answer} | repeated
        starred = [[self._piece(post)] for post in self._quotable if self._starred(post) and post not in told]
        by_question = {question: [a for a in answers if _question(a) == question] for question in state.order}
        questions = [self._question(one, found) for one, found in by_question.items() if found or self._asked(one)]
        digest = self._span is not None
        talk = self._talk() if not questions and not answers and not digest else ()
        loose = [answer for answer in answers if _question(answer) is None]
        more_answers = () if digest else self._in_order(loose)
        if digest:
            starred += [answer for answer in loose if any(self._starred(piece.id) for piece in answer)]
        with_links, most_answered = self._with_links(), self._most_answered()
        told_above = {post.id for post in with_links}
        more_highlights = () if talk else tuple(one for one in self._in_order(starred) if one.id not in told_above)
        links = self._links()
        people = self._people(answers)
        shown = [
            *talk,
            *with_links,
            *more_highlights,
            *more_answers,
            *(post for question in questions for post in question.answers),
        ]
        return Recap(
            version=VERSION,
            session=session,
            title=names.text(one_line(plan.title)),
            hashtags=plan.hashtags,
            series=plan.series,
            starts_at=clock.anchor(state) if self._span is None else self._span.since,
            timezone=plan.timezone,
            minutes=plan.minutes if self._span is None else (self._span.until - self._span.since) / 60_000,
            rehearsal=state.rehearsal,
            anonymous=names.anonymous,
            first_chat=state.first,
            hosts=self._hosts(),
            numbers=RecapNumbers(
                people=len(people),
                hosts=sum(person.host for person in people),
                first_time=sum(person.first_time for person in people),
                returning=sum(not person.first_time and not person.host for person in people),
                posts=len(self._posts),
                answers=len(answers),
                reposts=self._shares,
                highlights=sum(post.highlighted for post in shown),
                links=len(links),
                guessed=sum(post.why == "guess" for question in questions for post in question.answers),
            ),
            activity=activity(
                [self._at(post) for post in self._posts],
                [opening.at for opening in state.openings],
                ends=self._span.until if self._span is not None else clock.planned_end(state) if plan.slow else None,
            ),
            questions=tuple(questions),
            more_answers=more_answers,
            more_highlights=more_highlights,
            links=links,
            people=people,
            talk=talk,
            language=plan.spoken.code,
            finds=tuple(
                find
                for find in finds_of(state, names, self._left_out)
                if self._span is None or self._span.holds(find.at)
            ),
            pace="days" if plan.slow or digest else "hour",
            days=self._days(questions, more_answers, people) if plan.slow or digest else (),
            kind="channel" if digest else "chat",
            until=None if self._span is None else self._span.until,
            with_links=with_links,
            most_answered=most_answered,
            tasks=tuple(map(self._task, plan.lookups)),
            tags=tuple(map(self._tag, plan.hashtags)) if len(plan.hashtags) > 1 else (),
            next_chat=next_chat and replace(next_chat, title=names.text(one_line(next_chat.title))),
        )

    # Posts

    def _once(self, answers: Iterable[Answer]) -> list[Answer]:
        """The answers without those in which somebody said the same once more to the same question; the one with a
        star stays, else the first."""
        found: dict[object, Answer] = {}
        for number, answer in enumerate(answers):
            said_words = tuple(words_said(" ".join(piece.text for piece in answer)))
            key = (self._persons.of(answer[0].author), _question(answer), said_words) if said_words else number
            before = found.get(key)
            if before is None:
                found[key] = answer
            elif any(self._starred(piece.id) for piece in answer) and not any(self._starred(p.id) for p in before):
                found[key] = answer
                self._repeated.append(before)
            else:
                self._repeated.append(answer)
        return list(found.values())

    def _talk(self) -> tuple[RecapPost, ...]:
        """What was said in a chat in which nobody labelled anything: all but reposts, each word of somebody's once."""
        pieces = [[self._piece(post)] for post in self._quotable if self._state.kind(post) != "repost"]
        return self._in_order(self._once(pieces))

    def _with_links(self) -> tuple[RecapPost, ...]:
        """The posts of a channel with a link, what was shared most first."""
        if self._span is None:
            return ()
        found = [
            [self._piece(post)]
            for post in self._quotable
            if self._state.kind(post) != "repost" and any(self._is_find(link) for link in links_in(self._texts[post]))
        ]
        return tuple(sorted(map(self._post, found), key=lambda post: (not post.highlighted, -post.reposts, post.at)))

    def _is_find(self, link: str) -> bool:
        return not leads_to_post(link) and self._names.link(link) is not None

    def _most_answered(self) -> tuple[RecapPost, ...]:
        """The posts of a channel that most people answered."""
        if self._span is None:
            return ()
        quotable = frozenset(self._quotable)
        ranked = [(post, count) for post, count in self._replies.most_common() if post in quotable]
        return tuple(self._post([self._piece(post)]) for post, _ in ranked[:MOST_ANSWERED])

    def _may_answer(self, post: str) -> bool:
        """An answer, or talk that may be the second part of one."""
        kind = self._state.kind(post)
        return kind == "answer" or (kind == "aside" and part_of(self._texts[post]) is not None)

    def _piece(self, post: str) -> Piece:
        state = self._state
        filed = state.filed(post)
        return Piece(
            id=post,
            author=state.posts[post].post.author.id,
            question=filed.question if filed is not None else None,
            at=state.posts[post].post.posted_at,
            text=self._texts[post],
            whole=state.kind(post) == "answer",
        )

    def _at(self, post: str) -> int:
        at = self._state.posts[post].post.posted_at
        return at // MINUTE * MINUTE if self._names.anonymous else at

    def _starred(self, post: str) -> bool:
        layer = self._state.layers.get(post)
        return layer is not None and layer.starred is not None

    def _in_order(self, answers: Iterable[Answer]) -> tuple[RecapPost, ...]:
        """Highlighted first, each kind in the order of its times."""
        return tuple(sorted(map(self._post, answers), key=lambda post: (not post.highlighted, post.at)))

    def _post(self, answer: Answer) -> RecapPost:
        state, names = self._state, self._names
        first = answer[0]
        post, author = state.posts[first.id].post, state.posts[first.id].post.author
        filings = (state.filed(piece.id) for piece in answer)
        filed = next((filed for filed in filings if filed is not None), None)
        url = one_line(post.url) if post.url else ""
        warnings = dict.fromkeys(one_line(state.warning(piece.id) or "") for piece in answer)
        return RecapPost(
            id=self._ids.get(first.id, first.id),
            kind=state.kind(first.id) if len(answer) == 1 else "answer",
            person=names.person_id(author),
            name=names.shown(author),
            handle=names.handle(author),
            at=self._at(first.id),
            text=names.text("\n".join(piece.text for piece in answer)),
            said=names.text("\n".join(said(piece.text, self._plan.hashtags, self._reader) for piece in answer)),
            url=url if url.startswith(("https://", "http://")) and not names.anonymous else None,
            highlighted=any(self._starred(piece.id) for piece in answer),
            reposts=sum(self._reposts[piece.id] for piece in answer),
            parts=len(answer),
            why=filed.why if filed is not None else None,
            warning=names.text("; ".join(filter(None, warnings))) or None,
            day=day_of(self._at(first.id), self._plan.timezone),
            replies=sum(self._replies[piece.id] for piece in answer),
        )

    # Questions

    def _asked(self, question: str) -> bool:
        return self._state.question_state(question) in ("asked", "closed")

    def _question(self, question: str, answers: list[Answer]) -> RecapQuestion:
        state = self._state
        asked = next((opening.at for opening in state.openings if opening.question == question), None)
        posts = [post for post in self._posts if state.kind(post) == "question"]
        filed = [post for post in posts if (found := state.filed(post)) is not None and found.question == question]
        return RecapQuestion(
            id=question,
            label=state.questions[question].label,
            text=self._names.text(one_line(state.questions[question].text)),
            asked_at=asked,
            reposts=sum(self._reposts[post] for post in filed),
            people=len({self._persons.of(piece.author) for answer in answers for piece in answer}),
            answers=self._in_order(answers),
            name=one_line(state.questions[question].name),
            translations=tuple(self._names.text(one_line(text)) for text in state.questions[question].texts[1:]),
        )

    # Everything else

    def _days(
        self, questions: list[RecapQuestion], more: tuple[RecapPost, ...], people: tuple[RecapPerson, ...]
    ) -> tuple[RecapDay, ...]:
        zone = self._plan.timezone
        authors = ((post, self._state.posts[post].post.author) for post in self._posts)
        posts = [(day_of(self._at(post), zone), self._names.person_id(author)) for post, author in authors]
        answers = [*more, *(post for question in questions for post in question.answers)]
        return days_of(posts, answers, questions, zone, {person.id for person in people if person.first_time})

    def _hosts(self) -> tuple[RecapHost, ...]:
        shown = not self._names.anonymous
        return tuple(
            RecapHost(
                name=self._names.host_name(number, host.name),
                handles=tuple(dict.fromkeys(map(bare_handle, host.handles))) if shown else (),
            )
            for number, host in enumerate(self._plan.hosts)
        )

    def _links(self) -> tuple[RecapLink, ...]:
        found: dict[str, tuple[str, dict[str, None], set[str]]] = {}
        for post in self._quotable:
            author = self._state.posts[post].post.author
            for link in links_in(self._texts[post]):
                if self._is_find(link):
                    _, names, posts = found.setdefault(same_link(link), (link, {}, set()))
                    names[self._names.shown(author)] = None
                    posts.add(post)
        return tuple(RecapLink(url=link, names=tuple(names), posts=len(posts)) for link, names, posts in found.values())

    def _tasks_of(self, person: str, before: tuple[str, ...]) -> tuple[str, ...]:
        """The hashtags of the tasks that the person did, with this account or one `before`."""
        state = self._state
        return tuple(
            task.tag for task in self._plan.lookups if task.tag in before or standing(state, task, person).done
        )

    def _task(self, task: Lookup) -> RecapTask:
        state = self._state
        here = dict.fromkeys(state.posts[post].post.author.id for post in self._posts)
        did = [one for one in here if standing(state, task, one).done and not self._persons.hosts(one)]
        found = [standing(state, task, one).find for one in did]
        quotable = set(self._quotable)
        posts = [find.post for find in found if find is not None and find.how != "shares" and find.post in quotable]
        names = {self._names.person_id(state.people[one].author): self._names.shown(state.people[one].author)
                 for one in did}  # fmt: skip
        return RecapTask(
            tag=task.tag,
            text=self._names.text(one_line(task.text)),
            until=task.until_at or None,
            people=len(names),
            names=tuple(names.values()),
            posts=self._in_order([self._piece(post)] for post in posts),
        )

    def _tag(self, tag: str) -> RecapTag:
        posts = [post for post in self._posts if tag_key(tag) in self._state.tags(post)]
        people = {self._persons.of(self._state.posts[post].post.author.id) for post in posts}
        return RecapTag(tag=tag, posts=len(posts), people=len(people))

    def _people(self, answers: list[Answer]) -> tuple[RecapPerson, ...]:
        """Everybody with a post in the recap, whatever accounts they have; who is known by one of them is not new."""
        names = self._names
        posts = Counter(self._state.posts[post].post.author.id for post in self._posts)
        answered = Counter(answer[0].author for answer in answers)
        found: dict[str, RecapPerson] = {}
        for one in posts:
            person = self._state.people[one]
            name = names.person_id(person.author)
            before = found.get(name)
            host = self._persons.hosts(one)
            came = self._span is None or self._span.holds(person.first_at)
            new = person.newcomer and came and one not in self._known
            found[name] = RecapPerson(
                id=name,
                name=names.shown(person.author),
                handle=before.handle if before else names.handle(person.author),
                host=host,
                first_time=new and not host and (before is None or before.first_time),
                posts=posts[one] + (before.posts if before else 0),
                answers=answered[one] + (before.answers if before else 0),
                tasks=() if host else self._tasks_of(one, before.tasks if before else ()),
            )
        return tuple(found.values())


def _question(answer: Answer) -> str | None:
    return next((piece.question for piece in answer if piece.question is not None), None)
