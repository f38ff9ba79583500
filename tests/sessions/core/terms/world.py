"""A world of computers that keep one session: desks, hubs, a network that loses, delays and reorders what they tell.

Whatever a hub or desk decides it decides by `sessions.core.terms`; the rest stands in for what carries it out.
"""

import random
from dataclasses import dataclass, field

from sessions.core.events import HubTakenOver
from sessions.core.terms.claims import Claim, claim_of, next_claim, stands, to_follow
from sessions.core.terms.histories import Copy, shared_seq, to_go_on_with

Fact = str | HubTakenOver


def takeovers(history: list[Fact]) -> list[HubTakenOver]:
    """The takeovers in a history."""
    return [fact for fact in history if isinstance(fact, HubTakenOver)]


@dataclass
class Computer:
    """One computer, with its desk and the file that is its copy; `runs` while its hub does."""

    number: int
    history: list[Fact] = field(default_factory=list)
    runs: bool = False
    alive: bool = True
    follows: Claim = field(default_factory=Claim)
    heard: set[Claim] = field(default_factory=lambda: {Claim()})
    begun: set[Claim] = field(default_factory=set)
    """The claims of the hubs that were begun here."""
    aside: list[list[Fact]] = field(default_factory=list)
    told: list[Claim] = field(default_factory=list)
    """The claims of the hubs that acknowledged something to this desk, in order."""

    @property
    def claim(self) -> Claim:
        """The claim of what is in its file."""
        return claim_of(takeovers(self.history))

    def hear(self, claim: Claim) -> None:
        """Learn that a hub claims this, however long ago it was said."""
        self.heard.add(claim)
        if self.runs and not stands(self.claim, self.heard):
            self.runs = False

    def take(self, other: list[Fact], claim: Claim) -> None:
        """Go over to the hub with this history: what only the own file has is put aside, never lost."""
        shared = shared_seq(takeovers(self.history), len(self.history), takeovers(other))
        assert self.history[:shared] == other[:shared]
        if self.history[shared:]:
            self.aside.append(self.history)
        self.history, self.follows = [*other], claim


class World:
    """All computers; `parts` tells which of them reach each other."""

    def __init__(self, computers: int, seed: int) -> None:
        self.computers = [Computer(number) for number in range(computers)]
        self.parts = [0] * computers
        self.waiting: list[tuple[int, Claim]] = []
        """What is on its way: to whom, and which claim."""
        self.acknowledged: list[tuple[Claim, int, Fact]] = []
        self._dice = random.Random(seed)
        self._facts = 0
        self.computers[0].history.append("opened")
        self.computers[0].runs = True
        self.computers[0].begun.add(Claim())

    def reach(self, one: int, other: int) -> bool:
        """Whether two computers hear each other."""
        return self.parts[one] == self.parts[other] and self.computers[one].alive and self.computers[other].alive

    def hub_of(self, desk: int) -> Computer | None:
        """The hub that this desk follows, where it runs and is reached."""
        wanted = self.computers[desk].follows
        running = (one for one in self.computers if one.runs and one.claim == wanted)
        return next((one for one in running if self.reach(desk, one.number)), None)

    def stream(self, desk: int) -> None:
        """The desk's copy gets what its hub has by now."""
        hub, own = self.hub_of(desk), self.computers[desk]
        if hub is not None and hub is not own:
            own.take(hub.history, hub.claim)

    def act(self, desk: int) -> None:
        """The moderator there asks for something; it is acknowledged once the hub's file has it."""
        hub = self.hub_of(desk)
        if hub is None or not self.computers[desk].alive:
            return
        self._facts += 1
        hub.history.append(f"fact {self._facts}")
        self.acknowledged.append((hub.claim, len(hub.history), hub.history[-1]))
        self.computers[desk].told.append(hub.claim)

    def ask(self, desk: int) -> None:
        """The desk asks all whom it knows who runs the session; the answers are on their way, also to their askers."""
        for other in self.computers:
            if other.number != desk and self.reach(desk, other.number):
                self.waiting.append((desk, other.claim if other.runs else other.follows))
                self.waiting.append((other.number, self.computers[desk].follows))

    def deliver(self, *, lost: bool) -> None:
        """Something that was on its way comes, in any order, or never."""
        if self.waiting:
            number, claim = self.waiting.pop(self._dice.randrange(len(self.waiting)))
            if not lost and self.computers[number].alive:
                self.computers[number].hear(claim)

    def settle(self, desk: int) -> None:
        """The desk goes over to the highest of those it heard of, where that is reached."""
        own = self.computers[desk]
        wanted = to_follow(own.follows, own.heard)
        hub = next((one for one in self.computers if one.runs and one.claim == wanted), None)
        if wanted is not None and hub is not None and self.reach(desk, hub.number):
            own.take(hub.history, hub.claim)

    def take_over(self, desk: int) -> None:
        """The moderator there goes on with the longest copy that is reached."""
        own = self.computers[desk]
        if not own.alive or not own.history or self.hub_of(desk) is not None:
            return
        copies = {Copy(one.claim, len(one.history)): one for one in self.computers if self.reach(desk, one.number)}
        best = copies[to_go_on_with(Copy(own.claim, len(own.history)), copies)]
        if best.history != own.history:
            own.take(best.history, best.claim)
        key = f"{self._dice.getrandbits(64):064x}"
        claim = next_claim({own.claim, *own.heard, *(copy.claim for copy in copies)}, key)
        own.history.append(HubTakenOver(seq=len(own.history) + 1, at=0, by="x", command=None, term=claim.term, key=key))
        assert own.claim == claim
        own.runs, own.follows = True, claim
        own.begun.add(claim)
        own.hear(claim)

    def kill(self, number: int) -> None:
        """The computer dies; its disk does not."""
        self.computers[number].alive = self.computers[number].runs = False

    def restart(self, number: int) -> None:
        """It is there again; a hub that was there asks before it goes on."""
        own = self.computers[number]
        if own.alive:
            return
        own.alive = True
        asked = {one.claim for one in self.computers if self.reach(number, one.number)}
        own.runs = own.claim in own.begun and stands(own.claim, {*asked, *own.heard})

    def heal(self) -> None:
        """Everybody is there and reaches everybody, and tells what they know until nothing changes any more."""
        self.parts = [0] * len(self.computers)
        for own in self.computers:
            self.restart(own.number)
        for _ in range(3):
            for own in self.computers:
                self.ask(own.number)
            while self.waiting:
                self.deliver(lost=False)
            for own in self.computers:
                self.settle(own.number)
                self.stream(own.number)
