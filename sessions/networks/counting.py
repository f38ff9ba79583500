"""How long a post is, as the network to which it goes counts it. Pure.

X: the weights of twitter-text's configuration v3 (github.com/twitter/twitter-text, config/v3.json, and
docs.x.com/fundamentals/counting-characters). twitter-text-parser 3.0.0 does the same, but counts emoji of Unicode 15.1
wrongly, takes 0.2 s to import and half a minute for a text such as `a.a.a.`, so it is not used.
Mastodon: app/validators/status_length_validator.rb. Bluesky: `maxGraphemes` and `maxLength` of app.bsky.feed.post.
"""

import unicodedata
from collections.abc import Iterator

import msgspec
import regex

from sessions.networks.account import Network
from sessions.networks.poster import PostingRules

X_RULES = PostingRules(unit="characters", most=280, url=23)
BLUESKY_RULES = PostingRules(unit="characters", most=300, bytes=3000)
MASTODON_RULES = PostingRules(unit="characters", most=500, url=23)
"""What a Mastodon server allows that does not say so."""

RULES: dict[Network, PostingRules] = {"mastodon": MASTODON_RULES, "bluesky": BLUESKY_RULES, "x": X_RULES}
"""How the networks count as long as an account's own server has not been asked."""

_COUNTRIES = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd "
    "cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd "
    "ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg "
    "kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv "
    "mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa "
    "sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua "
    "ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
_GENERIC = (
    "com org net edu gov mil int info biz name pro mobi jobs travel museum coop aero tel asia cat post app dev page "
    "blog site online web website tech cloud digital email academy school education college university "
    "training courses degree study institute science club community group social chat live video photos photography "
    "art design studio media news press wiki guide help support tips tools software systems solutions services "
    "network center today world global life love fun games kids family foundation ngo ong charity events party "
    "conference company business store shop market space zone place link click top xyz bio ink one plus team work "
    "works run fit health care church city town london nyc berlin texas"
)
_TOP_LEVEL = "|".join(sorted({*_COUNTRIES.split(), *_GENERIC.split()}, key=lambda tld: (-len(tld), tld)))

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_REST = r"(?::[0-9]{1,5})?(?:[/?#](?:[^\s<>\"]{0,2000}[^\s<>\".,;:!?')\]}…”’])?)?"
_URL = regex.compile(
    rf"(?<![\w@#$＠＃])(?:https?://(?:[\w-]{{1,63}}\.){{1,20}}(?:xn--[a-z0-9]{{2,59}}|[^\W\d_]{{2,24}})(?![\w@-]){_REST}"
    rf"|(?<![./_-])(?:{_LABEL}\.){{1,20}}(?:{_TOP_LEVEL})(?![\w@-]|\.[^\W_]){_REST})",
    regex.IGNORECASE,
)
_ADDRESS = regex.compile(r"(?<!\w)https?://[^\s<>\"]{0,2000}[^\s<>\".,;:!?')\]}…”’]", regex.IGNORECASE)
_WEB_URL = regex.compile(rf"https?://[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,20}}{_REST}", regex.IGNORECASE)
_SERVER = regex.compile(r"(?<![\w/])(@\w(?:[\w.-]{0,60}\w)?)@[\w-]{1,63}(?:\.[\w-]{1,63}){1,20}", regex.IGNORECASE)
_GRAPHEME = regex.compile(r"\X")
_EMOJI = regex.compile(
    r"\p{Emoji_Presentation}|\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}\u200d]|[0-9#*]\ufe0f?\u20e3"
)
_LIGHT = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
"""Code points that count one on X; all others count two, as an emoji does whatever it is made of."""


class Length(msgspec.Struct, frozen=True):
    """How much of what a network allows a text takes: `used` of `most`, in the `unit` that runs out first."""

    used: int
    most: int
    unit: str

    @property
    def remaining(self) -> int:
        """What is left; negative for what is too much."""
        return self.most - self.used

    @property
    def words(self) -> str:
        """`12 characters left`, `3 characters too long`."""
        if self.remaining < 0:
            return f"{-self.remaining:,} {self.unit} too long"
        return f"{self.remaining:,} {self.unit} left"


def length(text: str, network: Network, rules: PostingRules) -> Length:
    """How long the text is on this network, by the rules that its server gave."""
    used = {"x": _on_x, "mastodon": _on_mastodon, "bluesky": _graphemes}[network](text, rules.url)
    by_count = Length(used, rules.most, rules.unit)
    if rules.bytes:
        by_bytes = Length(len(text.encode("utf-8", "surrogatepass")), rules.bytes, "bytes")
        return min(by_count, by_bytes, key=lambda one: one.remaining)
    return by_count


def has_link(text: str) -> bool:
    """Whether X makes a link of something in the text, which costs more there."""
    return _URL.search(unicodedata.normalize("NFC", text)) is not None


def addresses(text: str) -> list[tuple[int, int]]:
    """Where in the text addresses begin and end, in order, none over another; also those without `https://`."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found.span() for pattern in (_URL, _ADDRESS) for found in pattern.finditer(text)):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _on_x(text: str, url: int) -> int:
    bare, urls = _URL.subn(" ", unicodedata.normalize("NFC", text))
    return urls * (url - 1) + sum(map(_weight, _clusters(bare)))


def _weight(cluster: str) -> int:
    if len(cluster) > 1 and _EMOJI.search(cluster) is not None:
        return 2
    return sum(1 if any(first <= ord(one) <= last for first, last in _LIGHT) else 2 for one in cluster)


def _on_mastodon(text: str, url: int) -> int:
    shortened = _SERVER.sub(r"\1", _WEB_URL.sub("x" * url, text) if url else text)
    return _graphemes(shortened, 0)


def _graphemes(text: str, _url: int) -> int:
    return sum(1 for _ in _clusters(text))


def _clusters(text: str) -> Iterator[str]:
    """What a reader takes for one character each (grapheme clusters, Unicode UAX 29)."""
    return (found[0] for found in _GRAPHEME.finditer(text))
