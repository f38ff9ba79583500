"""In which order people came: pure."""

from sessions.core.state import Person


class Arrivals:
    """Those who came so far, each with a number; who came since one looked is found without a look at the others."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def look(self, people: dict[str, Person]) -> list[str]:
        """Those of `people`, which only grows, who were not there at the last look, in the order in which they came."""
        newest = zip(range(len(people) - len(self.ids)), reversed(people), strict=False)
        arrived = [person for _, person in newest][::-1]
        for person in arrived:
            self._numbers[person] = len(self.ids)
            self.ids.append(person)
        return arrived

    def number(self, person: str) -> int:
        """As which one they came; KeyError for who was not seen at a look."""
        return self._numbers[person]
