"""Where a text has addresses, also those without `https://`, which some networks make links of, too. Pure.

As twitter-text finds them (github.com/twitter/twitter-text). twitter-text-parser 3.0.0 does the same, but takes 0.2 s
to import and half a minute for a text such as `a.a.a.`, so it is not used.
"""

import regex

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
REST = r"(?::[0-9]{1,5})?(?:[/?#](?:[^\s<>\"]{0,2000}[^\s<>\".,;:!?')\]}…”’])?)?"
URL = regex.compile(
    rf"(?<![\w@#$＠＃])(?:https?://(?:[\w-]{{1,63}}\.){{1,20}}(?:xn--[a-z0-9]{{2,59}}|[^\W\d_]{{2,24}})(?![\w@-]){REST}"
    rf"|(?<![./_-])(?:{_LABEL}\.){{1,20}}(?:{_TOP_LEVEL})(?![\w@-]|\.[^\W_]){REST})",
    regex.IGNORECASE,
)
_ADDRESS = regex.compile(r"(?<!\w)https?://[^\s<>\"]{0,2000}[^\s<>\".,;:!?')\]}…”’]", regex.IGNORECASE)


def addresses(text: str) -> list[tuple[int, int]]:
    """Where in the text addresses begin and end, in order, none over another; also those without `https://`."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found.span() for pattern in (URL, _ADDRESS) for found in pattern.finditer(text)):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart
