"""Who took part in the saved chats, over all of them: what people.json holds, and how it changes. Pure.

A person has one account or, where moderators joined them, several. Which chats each account was in comes from the
sessions and can be found again any time; what moderators wrote cannot, and is never lost to that.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, get_args

import msgspec

from sessions.core.decoding import read_json
from sessions.core.errors import LunchroomError
from sessions.core.events import PersonTagged, PersonUnmuted
from sessions.core.identity import Identity, canonical, goes_by, handle_key, is_pseudonym, names_of
from sessions.core.posts import Author
from sessions.core.redaction.forgetting import Blanker
from sessions.core.state import Person, SessionState

Written = Literal["name", "school", "level", "groups", "notes", "muted", "recap", "credit"]
"""The fields of a person that moderators write."""

WRITTEN: frozenset[str] = frozenset(get_args(Written))


class PeopleError(LunchroomError):
    """Nobody, or more than one person, is meant; one line that says what to do next."""


class Account(msgspec.Struct, omit_defaults=True):
    """One account of a person. `id` is empty as long as they have posted in no saved chat (known from a directory).

    `handles` are `network:handle` in lower case, or bare in a directory that names no network; `chats` tells the date
    (`2025-12-01`) of each chat by the session's id; `name` is the last one seen. `school` and `level` are what was
    known of its person before the account was joined with others.
    """

    id: str
    handles: tuple[str, ...] = ()
    name: str = ""
    chats: dict[str, str] = {}
    school: str = ""
    level: str = ""


class PersonRecord(msgspec.Struct, kw_only=True):
    """A document of people.json. All above `school` follows from `accounts`; `recap` is "no" for whoever asked for it,
    `credit` "yes" for who wants credit hours and "no" for who wants none, left out where nobody said so.

    `written` names the fields that a moderator or a directory wrote; a rebuild keeps those.
    """

    ids: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    name: str = ""
    first: str | None = None
    last: str | None = None
    sessions: int = 0
    host: bool = False
    school: str = ""
    level: str = ""
    groups: tuple[str, ...] = ()
    notes: str = ""
    muted: bool = False
    recap: Literal["yes", "no"] = "yes"
    written: tuple[str, ...] = ()
    accounts: list[Account] = []
    credit: Literal["yes", "no"] | msgspec.UnsetType = msgspec.UNSET

    def chats(self) -> dict[str, str]:
        """The date of each chat that the person was in, by the session's id."""
        return {chat: date for account in self.accounts for chat, date in account.chats.items()}

    def settle(self) -> None:
        """Bring what follows from the accounts up to date."""
        dates = sorted(self.chats().values())
        self.ids = tuple(account.id for account in self.accounts if account.id)
        self.handles = tuple(dict.fromkeys(handle for account in self.accounts for handle in account.handles))
        self.first, self.last = (dates[0], dates[-1]) if dates else (None, None)
        self.sessions = len(dates)
        if "name" not in self.written:
            named = (account for account in self.accounts if account.name)
            latest = max(named, key=lambda account: max(account.chats.values(), default=""), default=None)
            self.name = latest.name if latest is not None else ""

    def write(self, fields: Mapping[str, object]) -> bool:
        """Set fields that moderators write (see `Written`); whether that changed anything, be it only that it was they
        who say so. Raises `ValueError`."""
        before = msgspec.structs.asdict(self)
        changed = {name: value for name, value in fields.items() if before[_written(name)] != value}
        for name, value in changed.items():
            setattr(self, name, value)
        written = tuple(sorted({*self.written, *fields}))
        news, self.written = written != self.written, written
        return news or bool(changed)

    @property
    def identity(self) -> Identity:
        """By what this person can be told, in all of their accounts."""
        names = {self.name, *(account.name for account in self.accounts)} - {""}
        handles = frozenset(map(_key, self.handles))
        return Identity(frozenset(map(canonical, self.ids)), handles, frozenset(names))

    def goes_by(self, wanted: str) -> bool:
        """Whether an id, a `network:handle` or a handle without `@`, in lower case, names one of the accounts."""
        return any(_names(account, wanted) for account in self.accounts)

    def names(self) -> frozenset[str]:
        """All that the person goes by."""
        handles = (name for account in self.accounts for handle in account.handles for name in names_of(handle))
        return frozenset((*handles, *(account.id.casefold() for account in self.accounts))) - {""}

    @property
    def shown(self) -> str:
        """The name to show: the name, else a handle, else the bare id; who goes by a number is shown as that."""
        handle = self.handles[0].partition(":")[2] if self.handles else ""
        bare = next(iter(self.ids), "").partition(":")[2]
        if handle == bare and bare.isdecimal():
            return self.name or f"account {bare}"
        return self.name or (f"@{handle}" if handle else bare)


class Register:
    """All people of a library. Nothing here is on the disk before somebody writes it there."""

    def __init__(self, people: Iterable[PersonRecord] = ()) -> None:
        self.people = list(people)

    def __iter__(self) -> Iterator[PersonRecord]:
        return iter(self.people)

    def __len__(self) -> int:
        return len(self.people)

    def find(self, who: str) -> PersonRecord:
        """The person of an id, a `network:handle` or a handle with or without `@`.

        Raises `PeopleError` where that is nobody or more than one.
        """
        wanted = who.strip().lstrip("@").casefold()
        found = [person for person in self.people if person.goes_by(wanted)]
        if not found:
            raise PeopleError(f"Nobody in people.json goes by {who!r}. `lunchroom people list` shows who does.")
        if len(found) > 1:
            raise ambiguous(who, found)
        return found[0]

    def of(self, author: Author) -> PersonRecord | None:
        """Whose account this is: by its id, else by its handle on that network, else by one that names no network."""
        by_id = next((person for person in self.people if author.id in person.ids), None)
        return by_id or self._by_handle(author)

    def note(self, session: str, state: SessionState) -> None:
        """Take in who was in a chat, and what moderators wrote of them in it; again changes nothing. No rehearsals.

        Of two chats the later one has the last word.
        """
        if state.rehearsal or state.plan is None:
            return
        date = f"{state.plan.starts:%Y-%m-%d}"
        self.drop(session, keep=True)
        by_id = {identifier: person for person in self.people for identifier in person.ids}
        touched: list[PersonRecord] = []
        for one in state.present():
            person = by_id.get(one.author.id) or self._by_handle(one.author)
            if person is None:
                person = PersonRecord()
                self.people.append(person)
            by_id[one.author.id] = person
            account = _account(person, one.author)
            latest = date >= max(person.chats().values(), default="")
            account.chats[session] = date
            if latest:
                account.name = one.author.name or account.name
                person.host = one.host
            _take_over(person, one, state, latest=latest)
            touched.append(person)
        for person in touched:
            person.settle()
        for here, before in (state.joined or {}).items():
            self._join_ids(here, before)
        self._let_go()

    def _join_ids(self, here: str, before: str) -> None:
        """Make two accounts those of one person, by their ids; what is written of the earlier one counts."""
        joined, kept = (next((one for one in self.people if known in one.ids), None) for known in (here, before))
        if joined is not None and kept is not None and joined is not kept:
            _unite(kept, joined)
            kept.settle()
            self.people = [person for person in self.people if person is not joined]

    def drop(self, session: str, *, keep: bool = False) -> None:
        """Take a chat out again; with `keep` those stay who were in no other one."""
        for person in self.people:
            if any(account.chats.pop(session, None) for account in person.accounts):
                person.settle()
        if not keep:
            self._let_go()

    def rebuilt(self, chats: Iterable[tuple[str, SessionState]]) -> "Register":
        """A register made of these chats (id and state, earliest first) alone, but for what moderators wrote here."""
        fresh = Register()
        for person in self.people:
            accounts = [msgspec.structs.replace(account, chats={}) for account in person.accounts]
            kept = PersonRecord(accounts=accounts, written=person.written)
            for field in person.written:
                setattr(kept, field, getattr(person, field))
            kept.settle()
            fresh.people.append(kept)
        written = {id(person): {field: getattr(person, field) for field in person.written} for person in fresh.people}
        for session, state in chats:
            fresh.note(session, state)
        for person in fresh.people:
            for field, value in written.get(id(person), {}).items():
                setattr(person, field, value)
            person.settle()
        fresh._let_go()
        return fresh

    def forget(self, who: Identity, blanker: Blanker) -> int:
        """Take a person out, and what names them in the notes on others; gives how many records that changed.

        Their accounts and numbers stay under pseudonyms, and they stay out of recaps.
        """
        before = read_json(msgspec.json.encode(self.people), list[PersonRecord])
        for number, person in enumerate(self.people):
            if person.identity.ids & who.ids or person.identity.handles & who.handles:
                blank = [Account(blanker.person(one.id), chats=one.chats) for one in person.accounts if one.id]
                bare = PersonRecord(accounts=blank, host=person.host, muted=person.muted, recap="no")
                bare.written = ("recap",) if blank else ()
                bare.settle()
                self.people[number] = bare
            else:
                person.notes = blanker.text(person.notes)
                person.groups = tuple(blanker.text(group) for group in person.groups)
        changed = sum(one != other for one, other in zip(before, self.people, strict=True))
        self.people = [person for person in self.people if person.accounts]
        return changed

    def join(self, one: str, other: str) -> PersonRecord:
        """Make two accounts those of one person; what is written of `one` counts. Raises `PeopleError`."""
        kept, joined = self.find(one), self.find(other)
        if kept is joined:
            raise PeopleError(f"{one!r} and {other!r} are one person already.")
        _unite(kept, joined)
        kept.settle()
        self.people = [person for person in self.people if person is not joined]
        return kept

    def part(self, account: str) -> PersonRecord:
        """Make the account (an id or a `network:handle`) a person of its own again, of the school and level as before.

        Who was to be in no recap, or is muted, stays so with either account. Raises `PeopleError`.
        """
        person = self.find(account)
        wanted = account.strip().lstrip("@").casefold()
        taken = [one for one in person.accounts if _names(one, wanted)]
        if len(taken) != 1 or len(person.accounts) < 2:
            raise PeopleError(f"{account!r} is not one of several accounts of a person.")
        person.accounts = [one for one in person.accounts if one is not taken[0]]
        person.settle()
        parted = PersonRecord(accounts=taken, muted=person.muted, recap=person.recap)
        parted.school, parted.level = taken[0].school, taken[0].level
        told = {"school": parted.school, "level": parted.level, "muted": parted.muted, "recap": parted.recap == "no"}
        if person.credit == "no":
            parted.credit, told["credit"] = "no", True
        parted.written = tuple(field for field in person.written if told.get(field))
        parted.settle()
        self.people.append(parted)
        return parted

    def joined(self) -> list[PersonRecord]:
        """The people with several accounts."""
        return [person for person in self.people if len(person.ids) > 1]

    def merge(self, other: "Register") -> None:
        """Take in what another moderator's register knows: accounts, joins, chats, and what is not written here."""
        known: dict[str, set[int]] = {}
        people = list(self.people)
        gone: set[int] = set()

        def find_by(place: int) -> None:
            for key in _keys(people[place]):
                known.setdefault(key, set()).add(place)

        for place in range(len(people)):
            find_by(place)
        for theirs in other.people:
            places = sorted({place for key in _keys(theirs) for place in known.get(key, ())} - gone)
            mine = [place for place in places if _same(people[place], theirs)]
            if not mine:
                people.append(msgspec.convert(msgspec.to_builtins(theirs), PersonRecord))
                find_by(len(people) - 1)
                continue
            kept = people[mine[0]]
            for more in mine[1:]:  # joined there, not here
                _unite(kept, people[more])
            gone.update(mine[1:])
            for account in theirs.accounts:
                _merge_account(kept, account)
            _fill_in(kept, theirs)
            kept.settle()
            find_by(mine[0])
        self.people = [person for place, person in enumerate(people) if place not in gone]

    def _by_handle(self, author: Author) -> PersonRecord | None:
        if not author.handle or is_pseudonym(author.id):
            return None
        full, bare = handle_key(author), author.handle.lstrip("@").casefold()
        for wanted in (full, bare):
            found = [person for person in self.people if wanted in person.handles]
            if len(found) == 1:
                return found[0]
        return None

    def _let_go(self) -> None:
        """Let those go who are in no chat any more and of whom nothing was written."""
        self.people = [
            person for person in self.people if person.sessions or person.written or len(person.accounts) > 1
        ]


def ambiguous(who: str, found: Sequence[PersonRecord]) -> PeopleError:
    """What is said where `who` may be each of these."""
    shown = ", ".join(_full_handle(person) for person in found[:_NAMED])
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return PeopleError(f"{who!r} is more than one person: {shown}{more}. Name one of these, or join them first.")


_NAMED = 20
"""People who are named where one of them is meant."""


def _written(field: str) -> str:
    if field not in WRITTEN:
        raise ValueError(f"{field} is no field that moderators write")
    return field


def _key(handle: str) -> str:
    """The handle as an identity has it: one that names no network stands behind an empty one."""
    return handle if ":" in handle else f":{handle}"


def _names(account: Account, wanted: str) -> bool:
    """Whether an id, a `network:handle` or a bare handle, in lower case, names this account."""
    return bool(wanted) and (
        wanted == account.id.casefold() or any(goes_by(handle, wanted) for handle in account.handles)
    )


def _full_handle(person: PersonRecord) -> str:
    return next(iter(person.handles), "") or next(iter(person.ids), person.name)


def _account(person: PersonRecord, author: Author) -> Account:
    """The account of the author, made where the person has none of this id yet."""
    known = next((account for account in person.accounts if account.id == author.id), None)
    handle = handle_key(author) if author.handle else ""
    if known is None:
        bare = handle.partition(":")[2]
        known = next((one for one in person.accounts if not one.id and {handle, bare} & {*one.handles}), None)
        if known is not None:  # until now only a directory knew them
            known.id = author.id
            known.handles = tuple(one for one in known.handles if one != bare)
    if known is None:
        known = Account(author.id)
        person.accounts = [*person.accounts, known]
    if handle and handle not in known.handles:
        known.handles = (*known.handles, handle)
    return known


def _take_over(person: PersonRecord, one: Person, state: SessionState, *, latest: bool) -> None:
    """What moderators wrote of the person during a chat."""
    in_effect = [event for event in state.acts if event.seq not in state.undone]
    tagged = any(isinstance(event, PersonTagged) and event.person == one.author.id for event in in_effect)
    unmuted = any(isinstance(event, PersonUnmuted) and event.person == one.author.id for event in in_effect)
    if tagged and latest:
        person.school, person.level, person.groups = one.school, one.level, one.groups
    elif tagged:
        person.school, person.level = person.school or one.school, person.level or one.level
        person.groups = person.groups or one.groups
    if latest and (one.muted is not None or unmuted):
        person.muted = one.muted is not None


def _fill_in(person: PersonRecord, other: PersonRecord) -> None:
    """Take from `other` what is written there and not here; who is left out of recaps or muted in one is in both."""
    for field in ("name", "school", "level", "groups", "notes"):
        if not getattr(person, field) or (field in other.written and field not in person.written):
            setattr(person, field, getattr(other, field))
    person.muted = person.muted or other.muted
    person.recap = "no" if "no" in (person.recap, other.recap) else "yes"
    person.credit = "no" if "no" in (person.credit, other.credit) else person.credit or other.credit
    person.host = person.host or other.host
    person.written = tuple(sorted({*person.written, *other.written}))


def _unite(person: PersonRecord, other: PersonRecord) -> None:
    """Give `person` the accounts of `other`, each with what was known of its own person until now."""
    for record in (person, other):
        if len(record.accounts) == 1:
            record.accounts[0].school, record.accounts[0].level = record.school, record.level
    _fill_in(person, other)
    person.accounts += other.accounts


def _keys(person: PersonRecord) -> list[str]:
    """By what a register finds the people who may be `_same` as this one."""
    return [*map(canonical, person.ids), *(f"handle {handle}" for handle in person.handles)]


def _same(one: PersonRecord, other: PersonRecord) -> bool:
    return bool({canonical(i) for i in one.ids} & {canonical(i) for i in other.ids}) or (
        bool({*one.handles} & {*other.handles}) and not (one.ids and other.ids)
    )


def _merge_account(person: PersonRecord, theirs: Account) -> None:
    mine = next((account for account in person.accounts if account.id == theirs.id), None)
    if mine is None:
        person.accounts = [*person.accounts, Account(theirs.id, theirs.handles, theirs.name, dict(theirs.chats))]
        return
    mine.handles = tuple(dict.fromkeys((*mine.handles, *theirs.handles)))
    mine.name = mine.name or theirs.name
    mine.chats = {**theirs.chats, **mine.chats}
