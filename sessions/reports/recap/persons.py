"""Who is who in a recap: the accounts of one person, as moderators joined them and as the plan names its hosts."""

from collections.abc import Mapping

from msgspec.structs import replace

from sessions.core.plan import Plan
from sessions.core.state import SessionState


class Persons:
    """The people of a session. `same` has further accounts of a person with the one by which they go, by their ids."""

    def __init__(self, state: SessionState, same: Mapping[str, str] | None = None) -> None:
        self._same = dict(same or {})
        self._hosts: dict[str, int] = {}
        accounts: dict[int, str] = {}
        for account, number in _hosts_by_account(state).items():
            self._unite(self.of(account), accounts.setdefault(number, self.of(account)))
            self._hosts.setdefault(self.of(account), number)
        self._hosting = {self.of(one) for one, person in state.people.items() if person.host}

    def of(self, account: str) -> str:
        """The id by which the person goes who has this account."""
        return self._same.get(account, account)

    def hosts(self, account: str) -> bool:
        """Whether the person hosted the chat, with whichever account."""
        return self.of(account) in self._hosting

    def host(self, account: str) -> int | None:
        """The number in the plan (from 0) of the host whose account this is."""
        return self._hosts.get(self.of(account))

    def _unite(self, person: str, other: str) -> None:
        """Let one person go by the other's id, with all accounts."""
        if person != other:
            self._same = {one: other if kept == person else kept for one, kept in self._same.items()} | {person: other}


def _hosts_by_account(state: SessionState) -> dict[str, int]:
    """The number in the plan of the host to whom each account belongs."""
    found: dict[str, int] = {}
    plan = state.plan if state.plan is not None else Plan()
    for number, host in enumerate(plan.hosts):
        alone = SessionState()
        alone.set_plan(replace(plan, hosts=(host,)))
        for person in state.people.values():
            if person.host and alone.is_host(person.author):
                found.setdefault(person.author.id, number)
    return found
