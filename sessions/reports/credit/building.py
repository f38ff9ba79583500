"""The attendance of one chat from its state. Pure."""

from collections.abc import Iterable

from sessions.core import clock
from sessions.core.cleaning import clean_name
from sessions.core.credit import asked_in_chat
from sessions.core.identity import is_pseudonym
from sessions.core.plan import Credit, Plan
from sessions.core.state import Person, SessionState
from sessions.core.tasks.standing import done_by
from sessions.core.zones import local_time, zone_or_utc
from sessions.reports.credit.model import VERSION, Asked, Attendance, Attendee, CreditPeople
from sessions.reports.credit.words import ANSWERS_RULE, minutes_rule
from sessions.reports.recap.persons import Persons

_MINUTE = 60_000


def build_attendance(
    state: SessionState, session: str, people: CreditPeople, credit: Credit | None = None
) -> Attendance:
    """Who took part in the chat with this id; `credit` is for a chat whose own plan says nothing of it.

    Whoever is in no recap is in no list: people who are muted, forgotten or left out, and who has no post but hidden,
    removed and blanked ones or spam.
    """
    return _Building(state, people, credit).attendance(session)


class _Building:
    def __init__(self, state: SessionState, people: CreditPeople, credit: Credit | None) -> None:
        self._state = state
        self._people = people
        self._plan = state.plan if state.plan is not None else Plan()
        self._credit = self._plan.credit or credit
        joined = {here: people.persons.get(before, before) for here, before in (state.joined or {}).items()}
        self._persons = Persons(state, joined | people.persons)
        self._zone = zone_or_utc(self._plan.timezone)
        self._lasts_days = self._plan.slow or state.channel
        self._starts = clock.anchor(state)
        self._ends = max(clock.planned_end(state), self._starts + self._plan.ends_at - self._plan.starts_at)
        self._asked_here = asked_in_chat(state, self._credit)
        self._did = {clean_name(task.tag): set(done_by(state, task)) for task in self._plan.lookups}

    def attendance(self, session: str) -> Attendance:
        state, plan = self._state, self._plan
        posts: dict[str, list[str]] = {}
        for post in self._counted():
            posts.setdefault(self._persons.of(state.posts[post].post.author.id), []).append(post)
        everybody = {self._persons.of(person.author.id): person for person in state.present()}
        gone = {one for one, person in everybody.items() if is_pseudonym(person.author.id)}
        questions = [one for one in state.order if state.question_state(one) in ("asked", "closed")]
        return Attendance(
            version=VERSION,
            session=session,
            title=clean_name(plan.title) or " ".join(f"#{tag}" for tag in plan.hashtags),
            hashtags=plan.hashtags,
            series=plan.series,
            starts_at=self._starts,
            ends_at=self._ends,
            timezone=plan.timezone,
            date=f"{local_time(self._starts, self._zone):%Y-%m-%d}",
            language=plan.spoken.code,
            pace="days" if self._lasts_days else "hour",
            kind="channel" if state.channel else "chat",
            rehearsal=state.rehearsal,
            closed=state.closed_at is not None,
            questions=tuple(clean_name(state.questions[one].name) for one in questions),
            minutes_rule=minutes_rule(lasts_days=self._lasts_days),
            answers_rule=ANSWERS_RULE,
            credit=self._credit,
            people=tuple(self._attendee(one, theirs) for one, theirs in posts.items()),
            left_out=len(everybody.keys() - posts.keys() - gone),
            forgotten=len(gone - posts.keys()),
            tasks=tuple(self._did),
        )

    def _counted(self) -> Iterable[str]:
        """The posts that count, the earliest first."""
        state = self._state
        counted = (
            post
            for post, seen in state.posts.items()
            if not state.folded(post)
            and state.kind(post) != "spam"
            and seen.post.author.id not in self._people.left_out
            and not is_pseudonym(seen.post.author.id)
        )
        return sorted(counted, key=lambda post: state.posts[post].post.posted_at)

    def _attendee(self, person: str, posts: list[str]) -> Attendee:
        state = self._state
        accounts = dict.fromkeys(state.posts[post].post.author.id for post in posts)
        known = [state.people[account] for account in accounts]
        times = [state.posts[post].post.posted_at for post in posts]
        answered = {filed.question for post in posts if state.kind(post) == "answer" and (filed := state.filed(post))}
        needed = self._credit.answers if self._credit is not None else None
        return Attendee(
            id=person,
            name=self._name(known),
            handle=clean_name(known[0].author.handle).lstrip("@"),
            host=self._persons.hosts(person),
            first_at=times[0],
            last_at=times[-1],
            posts=len(posts),
            minutes=None if self._lasts_days else self._minutes(times),
            days=len({local_time(at, self._zone).date() for at in times}),
            answered=tuple(clean_name(state.questions[one].name) for one in state.order if one in answered),
            asked=self._asked(accounts),
            reached=None if needed is None else len(answered) >= needed,
            tasks=tuple(tag for tag, did in self._did.items() if not did.isdisjoint(accounts)),
        )

    def _minutes(self, times: list[int]) -> int:
        """Whole minutes from the first to the last post within the chat's time."""
        within = [at for at in times if self._starts <= at <= self._ends]
        return (within[-1] - within[0]) // _MINUTE if within else 0

    def _name(self, accounts: list[Person]) -> str:
        """As it stands in people.json, else as the person gave it at their network; never a handle."""
        written = (self._people.names.get(one.author.id, "") for one in accounts)
        given = (one.author.name for one in accounts)
        return next(filter(None, map(clean_name, (*written, *given))), "")

    def _asked(self, accounts: Iterable[str]) -> Asked:
        """What is written in people.json goes before what was noted at the desk, and that before the word."""
        wishes = [self._people.wishes[one] for one in accounts if one in self._people.wishes]
        if wishes:
            return "people.json" if all(wishes) else ""
        ways = {self._asked_here.get(one) for one in accounts}
        return "desk" if "desk" in ways else "word" if "word" in ways else ""
