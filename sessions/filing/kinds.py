"""What the words of a post alone tell of its kind. Pure functions of the text; the judge weighs them against the state.

Every pattern is linear in the length of the text; they are searched in `plain` text, which is bounded.
"""

import re

from sessions.filing.labels import plain

_FURNITURE = re.compile(r"https?://\S*|pic\.twitter\.com/\S*|#\w+|@\w[\w.\-]*(?:@[\w.\-]+)?")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LABEL_WORD = re.compile(r"[qa][0-9]{1,2}[a-hx]?")


def words(text: str) -> list[str]:
    """The words in lower case, without hashtags, mentions and links."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(_FURNITURE.sub(" ", plain(text)))]


def key_of(text: str) -> str:
    """What two posts share that say the same: their words in a row, without labels' or hashtags' looks."""
    return " ".join(words(text))


def likeness(text: str, question: str) -> float:
    """How alike a text and a question are, 0 to 1: twice the shared words by all of both (labels left out)."""
    ours = {word for word in words(text) if not _LABEL_WORD.fullmatch(word)}
    theirs = {word for word in words(question) if not _LABEL_WORD.fullmatch(word)}
    if len(theirs) < 3:
        return float(ours == theirs and bool(ours))
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


_COPY = re.compile(r"[\s.]*(?:RT|MT|QT|rt|mt|qt)\b[\s:]*@(?P<handle>\w[\w.\-]*(?:@[\w.\-]+\w)?)[\s:]*")
_QUOTED = re.compile(r"\s*[\"“”]\s*@(?P<handle>\w[\w.\-]*(?:@[\w.\-]+\w)?)\s*:\s*")


def copied(text: str) -> tuple[str, str] | None:
    """The handle that an old-style repost names (`RT @x: ...`, `"@x: ..."`) and the text that it repeats, else None."""
    text = plain(text)
    match = _COPY.match(text) or _QUOTED.match(text)
    if match is None:
        return None
    return match["handle"].rstrip(".-").casefold(), text[match.end() :]


_MENTION = re.compile(r"[\s.]*@(?P<handle>\w[\w.\-]*(?:@[\w.\-]+\w)?)")


def mentioned_first(text: str) -> str | None:
    """The handle, in lower case, of the mention at the very start (a dot before it is customary), else None."""
    match = _MENTION.match(plain(text))
    return match["handle"].rstrip(".-").casefold() if match is not None else None


_SOON = re.compile(
    r"\W*(?:(?:is|are|will be|'s|’s)\s+)?(?:(?:now|just|right|nearly|almost|about)\s+)*(?:coming|comes|up next|next\b|up in|in (?:a|an|one|two|three|"
    r"four|five|about|just|under|less|[0-9]+)\b|soon|shortly|around the corner|on (?:its|it's|the) way|get ready|to (?:come|follow)|follows|here\b|up\b|due\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:here comes|get ready for|ready for|coming up|up next|next up|time for|move on to|moving on to|on to|onto|"
    r"until|before|minutes? (?:to|until|till|for|left)|wait for|next is)\b[^.!?\n]{0,30}\bQ(?:uestion)?\s?[0-9]",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\bQ(?:uestion)?\s?[0-9]{1,2}[a-h]?\b(?P<rest>[^\n]{0,60})", re.IGNORECASE)


def heads_up(text: str) -> bool:
    """Whether this says that a question is about to come: `Q2 coming up in 2 minutes`, `Here comes Q1`."""
    text = plain(text)
    if _BEFORE.search(text) is not None:
        return True
    return any(_SOON.match(match["rest"]) is not None for match in _AFTER.finditer(text))


_HOUSEKEEPING = re.compile(
    r"\b(?:welcome|minutes?|mins?|hashtag|remember to|please (?:use|add|include|answer|introduce|tag)|introduce yoursel|format|"
    r"we(?:'ll| will) (?:use|be|start|begin|move|precede)|begin(?:s|ning)?|let(?:'|’)s (?:get|make a|start|begin|move)|"
    r"next (?:week|month|time|chat|question)|(?:final|last|first|new) question|join us|joining us|thank(?:s| you) (?:all|everyone|for (?:join|com|tak|part|all))|"
    r"storif|wakelet|transcript|archive|recap|survey|register|sign up|moderat|your host|tonight(?:'|’)?s|today(?:'|’)?s|this evening(?:'|’)?s|"
    r"get ready|be prepared|stay tuned|reminder|hosting|closing|wrap(?:ping)? up|time(?:'|’)?s up|that(?:'|’)s all|our (?:chat|topic|guest|time)|"
    r"the chat|hour)\b|\bstorif|\b[QA][1-9]\b.{0,20}\b[QA][1-9]\b",
    re.IGNORECASE,
)


def housekeeping(text: str) -> bool:
    """Whether a host's words are about the chat itself: welcome, format, time, thanks to all, what comes next."""
    return _HOUSEKEEPING.search(plain(text)) is not None


_HELLO = frozenset(
    "hi hello hey hiya howdy greetings evening morning afternoon welcome hola good yo gday yall y'all everyone everybody all folks friends "
    "there team and to the from from: again nice see you so great glad happy be here back tonight today chat".split()
)
_GREETS = re.compile(
    r"\b(?:hi|hello|hey|hiya|howdy|greetings|hola|good (?:evening|morning|afternoon)|evening (?:all|everyone|folks|everybody)|"
    r"morning (?:all|everyone|folks|everybody))\b",
    re.IGNORECASE,
)
_ARRIVES = re.compile(
    r"\b(?:i(?:'|’)?m|im|am|bit|running|little|so|v|very|sorry|apologies|again|made it|arriving|arrived|joining|join(?:ed)?) ?(?:to be |for being |i(?:'|’)?m |a |bit |a bit |so |very |in |it )*"
    r"(?:late|on time|here now|finally here|just (?:joining|arriv\w+|got here))\b|\blate to the (?:party|chat)\b|\b(?:just )?joining (?:\w+ )?(?:now|in|late|from|you|the chat|tonight)\b|"
    r"\bjust (?:joining|arrived|got here|jumping in|hopping on|tuning in)\b|\b(?:sorry|apologies)\b.{0,15}\blate\b|\bfinally (?:here|made it)\b|"
    r"\bchecking in\b|\bon time for\b|\bhere from\b|\b(?:jumping|hopping|popping|tuning) in (?:from|late|for)\b|\bbit late\b|\blurking (?:tonight|today|from)\b",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"\b(?:my name is|my name's|i(?:'|’)?m (?:a|an|the) (?:\w+ ){0,4}(?:teacher|principal|coach|librarian|lecturer|learning technologist|counsel\w+|educator|para\w*|aide|specialist|"
    r"student teacher|professor|tutor|director|admin\w*)|(?:i )?(?:teach|teaching) (?:\w+ ){0,3}(?:grade|graders|math|science|reading|ela|kinder\w*|pre-?k|at|in)|this is \w+ from)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:(?:[0-9]{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|k|pre-?k|kinder\w*)[- ](?:grade|graders?|year)|kindergarten|grade [0-9k]|teacher|principal|coach|librarian|"
    r"lecturer|technologist|counsel\w+|educator|interventionist|paraprofessional|superintendent|professor|tutor|elementary|middle school|high school|junior high|isd|primary school)\b",
    re.IGNORECASE,
)


def greets(text: str) -> bool:
    """Whether this says hello."""
    return _GREETS.search(plain(text)) is not None


def only_greets(text: str) -> bool:
    """Whether this is a hello and hardly more: at most three words that are no greeting (a name, a place)."""
    said = words(text)
    return greets(text) and sum(word not in _HELLO for word in said) <= 3


def introduces(text: str, *, before_questions: bool) -> bool:
    """Whether the author arrives or tells who they are; before the first question a hello or a mere role is enough."""
    text = plain(text)
    if _ARRIVES.search(text) is not None:
        return True
    short = len(words(text)) <= 30
    if before_questions:
        return greets(text) or _SELF.search(text) is not None or (short and _ROLE.search(text) is not None and "?" not in text)
    return only_greets(text) or (greets(text) and (_SELF.search(text) or _ROLE.search(text)) is not None)


_IDLE = frozenset(
    "yes yep yeah yup no nope ok okay agree agreed agrees absolutely exactly true so totally definitely indeed same here this that it is i "
    "a the you your are my me to too and with all for of love loved like liked great good point points idea ideas nice thanks thank thx ty much "
    "very really well said amen preach ditto haha hahaha lol ha wow cool awesome amazing brilliant excellent fantastic perfect right "
    "couldn't more could be sure of course hi hello bye goodnight night everyone everybody folks just did what one think we an such "
    "interesting lovely wonderful congratulations congrats welcome us 100 % also was tweet chat".split()
)
_LEAVES = re.compile(
    r"\b(?:good ?night|got to (?:go|leave|dash|run|dip)|gotta (?:go|run)|have (?:got )?to (?:go|leave|run)|must (?:dash|go|run)|off to|great chat|thanks (?:all|everyone|for)|"
    r"thank you|big thank|thx|catch up|signal|storif\w*|tweets?|retweets?|trending|looking forward|see you|(?:this|tonight'?s|great) (?:chat|debate|tweetchat)|blog post)\b",
    re.IGNORECASE,
)


def _said(text: str) -> list[str]:
    return [word for word in words(text) if word not in _IDLE and not _LABEL_WORD.fullmatch(word)]


def idle(text: str) -> bool:
    """Whether nothing is left when agreement, thanks and politeness are taken away."""
    return len(_said(text)) <= 1


def asks_back(text: str) -> bool:
    """Whether the post is mostly a question: it ends in a question mark and says little before its last sentence."""
    bare = _FURNITURE.sub(" ", plain(text)).rstrip(" .…:;)(-\n")
    if not bare.endswith("?"):
        return False
    statement = re.split(r"[.!?…]+\s", bare)[:-1]
    return len(words(" ".join(statement))) < 8


def substantial(text: str, *, at_least: int = 3) -> bool:
    """Whether the post says something of its own: enough words that are not agreement, and no farewell, thanks or question."""
    if _LEAVES.search(plain(text)) is not None and len(words(text)) < 20:
        return False
    return len(_said(text)) >= at_least and not asks_back(text)


_OF_CHATS = r"(?:(?:twitter|tweet|hashtag|edu\w*|online|this|one of these|a|the|your|our|my|\#\w+)[\s-]*){0,4}(?:chats?|tweet-?chats?|discussions?|convos?|twitter|\#\w+)"
_NEW = re.compile(
    r"\b(?:first[\s-]timers?\b(?! teacher)|newb(?:ie|ies|y|s)?\b|noob\b|(?:i(?:'|’)?m|i am|am|im|we(?:'|’)?re)\s+(?:\w+\s+){0,2}new (?:here|to (?:this|all this|" + _OF_CHATS + r"|twitter|tweeting))|"
    r"(?<!nothing )new (?:here|to (?:this\b|" + _OF_CHATS + r"))|first (?:ever |official )?" + _OF_CHATS + r"|"
    r"(?:my|our|the) (?:very )?first (?:ever )?(?:one|time (?:here|joining|participating|in|on|at|doing (?:this|one|a)|trying (?:this|a|one)|with|for me)?)\s*(?:!|\.|$|,|\b(?:in|on|at|with|this|" + _OF_CHATS + r"))|"
    r"first time (?:here|joining|participating|on|at|in|to|for me|doing (?:this|one|a)|trying (?:this|a|one)|i(?:'|’)?ve)|"
    r"(?:long[\s-]?time|usual(?:ly)?(?: a)?|normally(?: a)?|often(?: a)?|former|been a|just a|mostly a|i(?:'|’)?m a|am a)\s+lurk(?:er|ing|s)?|lurk(?:er|ing) (?:here|tonight|today|for|no more)|"
    r"never (?:done|tried|joined|participated|taken part|been)\s*(?:in|to|on)?\s*(?:this|one|a|" + _OF_CHATS + r")|"
    r"haven(?:'|’)?t (?:done|joined|tried) (?:this|one|a (?:tweet|twitter)?\s?chat)|giving this (?:chat )?a (?:try|go)|trying (?:this|a) (?:tweet|twitter|chat)\w*)",
    re.IGNORECASE,
)  # fmt: skip
_NOT_NEW = re.compile(
    r"(?:\b(?:not|no longer|isn(?:'|’)?t|n(?:'|’)t|aren(?:'|’)?t|hardly|since|remember|was|were|for (?:those|anyone|any|all|our|the)|if (?:you|anyone|it)|any|those|our|all|in case|who(?:'|’)?s|who|you(?:'|’)?re|"
    r"are you|is this your|your|welcome|when i|back when|their|his|her|students?|kids?|children)\b)[^.!?\n]{0,25}$",
    re.IGNORECASE,
)


def says_new(text: str) -> bool:
    """Whether the author calls themselves new to such chats (`first time here`, `newbie`), not new in another matter."""
    text = plain(text)
    return any(_NOT_NEW.search(text[max(0, found.start() - 40) : found.start()]) is None for found in _NEW.finditer(text))


_LINK = re.compile(r"https?://|\bwww\.|\bbit\.ly/", re.IGNORECASE)
_COMMERCE = re.compile(
    r"\b(?:buy|discounts?|[0-9]{1,2} ?% off|sale|promo(?: code)?|coupon|giveaway|free (?:trial|gift|money|followers|iphone|download)|click here|"
    r"order now|limited (?:time|offer)|cheap|earn (?:money|\$|cash)|make money|crypto|bitcoin|forex|casino|bet(?:ting)?|followers|"
    r"followers? fast|subscribe|dm (?:me|us)|onlyfans|essay (?:help|writing)|assignment help|pay (?:someone|us) to|viagra|loans?|investment|"
    r"100% (?:free|guaranteed)|act now|sign up (?:now|today|free)|best price|shop (?:now|here)|deal of)\b|[$£€][0-9]",
    re.IGNORECASE,
)


def sells(text: str) -> bool:
    """Whether this has a link and at least two different words of commerce."""
    text = plain(text)
    return _LINK.search(text) is not None and len({found.casefold() for found in _COMMERCE.findall(text)}) >= 2
