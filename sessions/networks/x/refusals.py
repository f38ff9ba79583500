"""What X's refusals mean, in words that say what to do. Pure."""

from collections.abc import Iterable

from sessions.core.decoding import Unreadable
from sessions.networks.web.errors import Limited, Missing, NetworkError, Rejected, SignedOut, Unavailable
from sessions.networks.web.forgiving import read_forgiving
from sessions.networks.x.wire import WireProblem

NO_CREDITS = "the app has no credits left; buy some in X's developer portal"
CAPPED = "the app has read all posts that it may read this month (X's developer portal)"
NOT_ENROLLED = "the app has no access to X's API v2; put it into a project in X's developer portal"
WRONG_SIGN_IN = "X wants another kind of sign-in for this; run lunchroom login x again"
ELSEWHERE = "another program reads X with the same app"

_MINUTE = 60.0


class BadRequest(Rejected):
    """X does not take a request as it is; `names` are the parameters at which it takes offence."""

    def __init__(self, reason: str, names: frozenset[str] = frozenset()) -> None:
        super().__init__(reason)
        self.names = names


class Duplicate(Rejected):
    """X has had the same text from the same account a short time before."""


class TooManyConnections(Rejected):
    """The app's one stream is open elsewhere."""

    def __init__(self) -> None:
        super().__init__(ELSEWHERE)


class NoRules(Rejected):
    """The stream has no rules; they were deleted by somebody."""


class Ended(Unavailable):
    """X ended the stream and says that it may be opened again."""


def problem_of(body: bytes) -> WireProblem:
    """What an answer says is wrong; nothing, where it is no JSON."""
    try:
        return read_forgiving(body, WireProblem)
    except Unreadable:
        return WireProblem()


def refusal(status: int, body: bytes, wait: float | None = None) -> NetworkError:
    """What an answer of failure means; `wait` is how many seconds its headers ask to be left alone."""
    problem = problem_of(body)
    if status == 401:
        return SignedOut("x")
    if status == 402:
        return Rejected(NO_CREDITS)
    if status == 429:
        return _too_many(problem, wait)
    if status >= 500:
        return Unavailable(f"the server has a problem ({status})", wait)
    words = words_of(problem) or f"X answers {status}"
    if status == 400:
        return BadRequest(words, _names(problem))
    if status == 404:
        return Missing(words)
    if status == 409:
        return NoRules(words)
    return _forbidden(problem, words) if status == 403 else Rejected(words)


def told_by(problems: Iterable[WireProblem]) -> NetworkError:
    """Why a stream ends that began well, or an answer of success holds nothing."""
    problem = WireProblem(errors=tuple(problems))
    if _is(problem, "TooManyConnections"):
        return TooManyConnections()
    if _is(problem, "usage-capped"):
        return Rejected(CAPPED)
    words = words_of(problem) or "no reason given"
    return Ended(f"X ended the stream: {words}") if _is(problem, "disconnect") else Rejected(words)


def words_of(problem: WireProblem) -> str:
    """X's own explanation: of the first part that has one, since the whole says only that something is wrong."""
    parts = (*(problem.errors or ()), problem)
    said = [text for one in parts for text in (one.detail, one.message, one.error_description, one.title, one.error)]
    return next((text for text in said if isinstance(text, str) and text.strip()), "")


def is_missing(problem: WireProblem) -> bool:
    """Whether it says of a post that it is not there any more; one that is not for us has another type."""
    return _is(problem, "resource-not-found")


def is_duplicate_rule(problem: WireProblem) -> bool:
    """Whether it says of a rule that the stream has it already."""
    return _is(problem, "DuplicateRule") or _is(problem, "duplicate-rules")


def _too_many(problem: WireProblem, wait: float | None) -> NetworkError:
    if _is(problem, "TooManyConnections"):
        return TooManyConnections()
    if _is(problem, "usage-capped"):
        return Rejected(CAPPED)
    return Limited(_MINUTE if wait is None else wait)


def _forbidden(problem: WireProblem, words: str) -> NetworkError:
    if _is(problem, "client-not-enrolled"):
        return Rejected(NOT_ENROLLED)
    if _is(problem, "unsupported-authentication"):
        return Rejected(WRONG_SIGN_IN)
    if "duplicate" in words.casefold():
        return Duplicate(words)
    return Rejected(words)


def _is(problem: WireProblem, kind: str) -> bool:
    """Whether any part of it is of this kind; X says it now in the type, now in the title, now in a field beside."""
    return any(
        kind in said
        for one in problem.all
        for said in (one.type, one.title, one.reason, one.connection_issue, one.disconnect_type)
        if isinstance(said, str)
    )


def _names(problem: WireProblem) -> frozenset[str]:
    names: set[str] = set()
    for one in problem.all:
        names |= {one.parameter} if isinstance(one.parameter, str) else set()
        names |= set(one.parameters) if isinstance(one.parameters, dict) else set()
    return frozenset(names)
