"""What stands in a meeting's chat and is no answer: reactions, quoted messages, notices of the program. Pure."""

import re

from sessions.importing.meetings.spoken_when import is_day

_ATTACHMENT = re.compile(
    r"\u200e?(?:<(?:media omitted|medien ausgeschlossen|multimedia omitido|médias omis|mídia oculta)>"
    r"|(?:image|video|audio|sticker|gif|document|contact card) omitted"
    r"|(?:bild|video|audio|sticker|dokument) weggelassen|(?:imagen|vídeo|audio|documento) omitid[oa]"
    r"|this message was deleted\.?|you deleted this message\.?|diese nachricht wurde gelöscht\.?"
    r"|(?:immagine|video|audio|documento|sticker) omess[oa]|questo messaggio è stato eliminato\.?"
    r"|dit bericht is verwijderd\.?|u hebt dit bericht verwijderd\.?|esta mensagem foi apagada\.?|mensagem apagada\.?"
    r"|(?:image|vidéo|audio|document|sticker|gif) (?:absente?|omise?)|afbeelding weggelaten"
    r"|se eliminó este mensaje\.?|ce message a été supprimé\.?)",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"webvtt\b.{0,40}|(?:meeting (?:started|ended)|.{1,80} (?:joined|left) the (?:meeting|conversation|chat))\b.{0,40}"
    r"|last read|\(?(?:edited|bearbeitet|editado|modifié)\)?"
    r"|\d{1,4} (?:repl(?:y|ies)|antwort(?:en)?|respuestas?|réponses?)|last reply .{1,40}|view thread",
    re.IGNORECASE,
)
_ENCRYPTED = re.compile(
    r".{0,60}(?:end-to-end encrypted|ende-zu-ende-verschlüsselt|cifrados? de extremo a extremo"
    r"|chiffrés de bout en bout)",
    re.IGNORECASE,
)
_REACTION = re.compile(
    r"(?:reacted to|reaccionó a|a réagi à|reagiu a|ha reagito a)\s+[\"“«].*[\"”»…]\s+(?:with|con|avec|com)\s"
    r"|removed an? .{1,40} reaction from\s+[\"“]"
    r"|hat (?:mit .{1,20} )?auf\s+[\"“„].*reagiert"
    r"|(?:add|remove)\s+[^\w\s]{1,12}\s*$",
    re.IGNORECASE | re.DOTALL,
)
_REPLYING = (
    r"(?:replying to|antwort (?:auf|an)|respondiendo a|respuesta a|(?:en )?réponse à|respondendo a|em resposta a"
    r"|in risposta a)\s+"
)
_QUOTE_ON_A_LINE = re.compile(rf"{_REPLYING}[\"“„«][^\n]*[\"”“»]\s*(?=\n\s*\S)", re.IGNORECASE)
_QUOTE = re.compile(rf"{_REPLYING}(?:\".*?\"|[“„].*?[”“]|«.*?»)(?=\s|$)", re.IGNORECASE | re.DOTALL)
_OPEN_QUOTE = re.compile(rf"{_REPLYING}[\"“„«]", re.IGNORECASE)


def is_reaction(text: str) -> bool:
    """Whether a message, all of its lines, is a reaction to another."""
    return _REACTION.match(text) is not None


def is_notice(line: str) -> bool:
    """Whether a line is one of the program's own, or stands for a picture that was not saved."""
    whole = any(form.fullmatch(line) is not None for form in (_NOTICE, _ATTACHMENT))
    return whole or _ENCRYPTED.match(line) is not None or is_day(line)


def quoted_before(text: str) -> int:
    """How many characters at the beginning of a message repeat the one that it answers."""
    found = _QUOTE_ON_A_LINE.match(text) or _QUOTE.match(text)
    if found is not None:
        return found.end()
    return len(text) if _OPEN_QUOTE.match(text) is not None else 0
