"""Toy: a network that nobody has, in a folder of its own. This row is all that makes the program know it."""

from sessions.core.plan.words import is_server, quoted
from sessions.networks.account import ServerAccount
from sessions.networks.counting import measured
from sessions.networks.network import Network, Posting, Reading, Signing
from sessions.networks.poster import Greeting, Length, PostingRules
from sessions.networks.sign_in.lending import lend_token
from tests.sessions.networks.toy.poster import RULES, open_poster
from tests.sessions.networks.toy.reader import open_source
from tests.sessions.networks.toy.sign_in import check, login, revoke


def _source_problem(source: str) -> str:
    if is_server(source.partition(":")[2]):
        return ""
    return f'toy needs the name of its server, such as "toy:toy.example", got {quoted(source)}'


def _length(text: str, rules: PostingRules) -> Length:
    return measured(text, len(text), rules)


TOY = Network(
    name="toy",
    title="Toy Town",
    nicknames=("plaything",),
    account=ServerAccount,
    sites=("toy.example",),
    heads=("toy",),
    in_archive=lambda handle, _author, _post: handle.endswith(".toy"),
    reading=Reading(
        example="toy:toy.example",
        forms=("toy:HOST",),
        open=open_source,
        unsigned=lambda source: f"not read before `lunchroom login toy {source.partition(':')[2]}`",
        problem=_source_problem,
    ),
    posting=Posting(
        open=open_poster,
        rules=RULES,
        length=_length,
        greeting=Greeting(names=True, answers=True),
        price=lambda text: f"costs {len(text.split())} marbles",
        dear=lambda posts: f"A long post costs many marbles: {', '.join(posts)}.",
    ),
    signing=Signing(
        servers="many",
        login=login,
        check=check,
        revoke=revoke,
        settings="the toy box",
        lend=lend_token,
        lent="It plays with your toys.",
    ),
)
