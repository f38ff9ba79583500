"""Why a post stands under its question, in words for a moderator. They may hold words from outside."""

from sessions.core.plan import Plan
from sessions.core.posts import Filed
from sessions.core.state import SessionState
from sessions.words import _


def guess_words(state: SessionState, post: str) -> str:
    """On what a guess rests: `Maybe Q3, 62 % sure: it came while Q3 was open.` Empty where nothing is guessed."""
    from sessions.core.filing.guessing import reason

    filed = state.filed(post)
    if filed is None or filed.why != "guess":
        return ""
    why = reason(state, post)
    if why is None:
        return _("This guess was kept without its reason.")
    sure = "" if filed.confidence is None else _(", {confidence:.0%} sure").format(confidence=filed.confidence)
    return _("Maybe {name}{sure}: it {why}.").format(name=_name(state, filed.question), sure=sure, why=why)


def why_filed(state: SessionState, post: str) -> str:
    """Why the post is where it is, in a sentence: `Under Q2 because: it begins with A2.`"""
    filed = state.filed(post)
    layer = state.layers.get(post)
    decision = None if layer is None else layer.decision
    if decision is not None:
        where = _("no question") if filed is None else _name(state, filed.question)
        return _("Under {where} because: {by} filed it there.").format(where=where, by=decision.by)
    if filed is None:
        wanted = state.kind(post) == "answer"
        return (
            _("Under no question yet: nothing in it tells which.")
            if wanted
            else _("Under no question: it is no answer.")
        )
    if filed.why == "guess":
        return guess_words(state, post)
    why = _evidence(state, post, filed)
    also = [_name(state, one) for one in filed.also if one in state.questions]
    others = _(" Also under {also}.").format(also=", ".join(also)) if also else ""
    return _("Under {name} because: {why}.{others}").format(name=_name(state, filed.question), why=why, others=others)


def _evidence(state: SessionState, post: str, filed: Filed) -> str:
    layer = state.layers.get(post)
    if layer is not None and not layer.edited and layer.filed != state.posts[post].filed:
        return _("its author corrected the label later")
    if filed.why == "thread":
        return _("it replies to what was said to {name}").format(name=_name(state, filed.question))
    from sessions.core.filing.labels import reader_of  # few posts are opened, and it is much

    plan = state.plan or Plan()
    label = reader_of(*plan.languages).parse(state.text(post))
    if label is None:
        return _("it says so by its label")
    word = f"{plan.spoken.labels['QA'.index(label.letter)]}{label.number}"
    told = _("it begins with {label}") if label.where == "start" else _("it has the label {label}")
    return told.format(label=word)


def _name(state: SessionState, question: str) -> str:
    return state.questions[question].name
