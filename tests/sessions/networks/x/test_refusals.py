"""X's refusals in words; bodies of our own after docs.x.com (response codes and errors) and what others met."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.networks.web.errors import Limited, NetworkError, Rejected, SignedOut, Unavailable
from sessions.networks.x.refusals import (
    CAPPED,
    BadRequest,
    Duplicate,
    Ended,
    NoRules,
    TooManyConnections,
    is_duplicate_rule,
    is_missing,
    problem_of,
    refusal,
    told_by,
)
from sessions.networks.x.wire import WireProblem

PROBLEMS = "https://api.twitter.com/2/problems"


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (401, {"title": "Unauthorized", "type": "about:blank", "status": 401}, SignedOut,
         "signed out: lunchroom login x"),
        (401, {"errors": [{"code": 89, "message": "Invalid or expired token."}]}, SignedOut,
         "signed out: lunchroom login x"),
        (402, {"title": "CreditsDepleted", "detail": "Your enrolled account has no credits"}, Rejected,
         "refused: the app has no credits left; buy some in X's developer portal"),
        (402, "<html>Payment Required</html>", Rejected,
         "refused: the app has no credits left; buy some in X's developer portal"),
        (403, {"client_id": "1", "detail": "When authenticating requests ...", "reason": "client-not-enrolled",
               "registration_url": "https://developer.twitter.com/en/docs", "title": "Client Forbidden",
               "required_enrollment": "Appropriate Level of API Access", "type": f"{PROBLEMS}/client-forbidden"},
         Rejected,
         "refused: the app has no access to X's API v2; put it into a project in X's developer portal"),
        (403, {"detail": "You are not allowed to create a Tweet with duplicate content.", "type": "about:blank",
               "title": "Forbidden", "status": 403}, Duplicate,
         "refused: You are not allowed to create a Tweet with duplicate content."),
        (403, {"errors": [{"code": 187, "message": "Status is a duplicate."}]}, Duplicate,
         "refused: Status is a duplicate."),
        (403, {"errors": [{"code": 326, "message": "To protect our users ... this account is temporarily locked."}]},
         Rejected, "refused: To protect our users ... this account is temporarily locked."),
        (429, {"title": "UsageCapExceeded", "detail": "Usage cap exceeded: Monthly product cap", "period": "Monthly",
               "type": f"{PROBLEMS}/usage-capped"}, Rejected,
         "refused: the app has read all posts that it may read this month (X's developer portal)"),
        (429, {"title": "ConnectionException", "connection_issue": "TooManyConnections",
               "detail": "This stream is currently at the maximum allowed connection limit."}, TooManyConnections,
         "refused: another program reads X with the same app"),
        (429, {"errors": [{"code": 88, "message": "Rate limit exceeded"}]}, Limited, "waiting 40 s: rate limit"),
        (409, {"title": "ConnectionException", "connection_issue": "RuleConfigurationIssue",
               "detail": "You must define rules"}, NoRules, "refused: You must define rules"),
        (400, {"errors": [{"message": "bad", "parameters": {"since_id": ["1"]}}]}, BadRequest, "refused: bad"),
        (503, "<html>Over capacity</html>", Unavailable, "the server has a problem (503), trying again"),
        (418, "", Rejected, "refused: X answers 418"),
        (301, "<html>moved</html>", Rejected, "refused: X answers 301"),
    ],
)  # fmt: skip
def test_each_in_words(status: int, body: Any, kind: type[NetworkError], words: str) -> None:
    trouble = refusal(status, body.encode() if isinstance(body, str) else json.dumps(body).encode(), 40.0)
    assert (type(trouble), trouble.status) == (kind, words)


def test_what_will_not_pass_by_waiting_is_not_tried_soon() -> None:
    lasting = {402: {}, 429: {"type": f"{PROBLEMS}/usage-capped"}, 403: {"reason": "client-not-enrolled"}}
    assert all(refusal(status, json.dumps(body).encode()).lasts for status, body in lasting.items())
    assert not refusal(429, b"{}").lasts


def test_a_bad_request_names_its_parameters_in_both_shapes() -> None:
    body = {"errors": [{"parameter": "max_results"}, {"parameters": {"since_id": ["1"], "query": []}}]}
    trouble = refusal(400, json.dumps(body).encode())
    assert isinstance(trouble, BadRequest)
    assert trouble.names == {"max_results", "since_id", "query"}


def test_how_a_stream_ends() -> None:
    ended = told_by([WireProblem(title="operational-disconnect", disconnect_type="UpstreamOperationalDisconnect")])
    assert (type(ended), ended.lasts) == (Ended, False)
    assert isinstance(
        told_by([WireProblem(title="ConnectionException", connection_issue="TooManyConnections")]), TooManyConnections
    )
    capped = told_by([WireProblem(type=f"{PROBLEMS}/usage-capped")])
    assert (capped.status, capped.lasts) == (f"refused: {CAPPED}", True)


def test_problems_of_parts() -> None:
    assert is_missing(WireProblem(type=f"{PROBLEMS}/resource-not-found", resource_id="1"))
    assert not is_missing(WireProblem(type=f"{PROBLEMS}/not-authorized-for-resource", resource_id="1"))
    assert is_duplicate_rule(WireProblem(title="DuplicateRule"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
KEYS = st.sampled_from(["title", "detail", "type", "errors", "parameters", "parameter", "reason", "message", "code"])


@given(st.integers(300, 599), st.dictionaries(KEYS, JSON) | st.lists(JSON))
def test_any_json_is_one_line(status: int, body: Any) -> None:
    words = refusal(status, json.dumps(body).encode()).status
    assert words
    assert "\n" not in words
    assert len(words) < 200


@given(st.binary())
def test_any_bytes_are_some_problem(body: bytes) -> None:
    assert isinstance(problem_of(body), WireProblem)
