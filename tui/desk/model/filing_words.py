"""Why a post stands under its question, in words for a moderator. They may hold words from outside."""

from sessions.core.plan import Plan
from sessions.core.posts import Filed
from sessions.core.state import SessionState


def guess_words(state: SessionState, post: str) -> str:
    """On what a guess rests: `Maybe Q3, 62 % sure: it came while Q3 was open.` Empty where nothing is guessed."""
    from sessions.core.filing.guessing import reason

    filed = state.filed(post)
    if filed is None or filed.why != "guess":
        return ""
    why = reason(state, post)
    if why is None:
        return "This guess was kept without its reason."
    sure = "" if filed.confidence is None else f", {filed.confidence:.0%} sure"
    return f"Maybe {_name(state, filed.question)}{sure}: it {why}."


def why_filed(state: SessionState, post: str) -> str:
    """Why the post is where it is, in a sentence: `Under Q2 because: it begins with A2.`"""
    filed = state.filed(post)
    layer = state.layers.get(post)
    decision = None if layer is None else layer.decision
    if decision is not None:
        where = "no question" if filed is None else _name(state, filed.question)
        return f"Under {where} because: {decision.by} filed it there."
    if filed is None:
        wanted = state.kind(post) == "answer"
        return "Under no question yet: nothing in it tells which." if wanted else "Under no question: it is no answer."
    if filed.why == "guess":
        return guess_words(state, post)
    why = _evidence(state, post, filed)
    also = [_name(state, one) for one in filed.also if one in state.questions]
    others = f" Also under {', '.join(also)}." if also else ""
    return f"Under {_name(state, filed.question)} because: {why}.{others}"


def _evidence(state: SessionState, post: str, filed: Filed) -> str:
    layer = state.layers.get(post)
    if layer is not None and not layer.edited and layer.filed != state.posts[post].filed:
        return "its author corrected the label later"
    if filed.why == "thread":
        return f"it replies to what was said to {_name(state, filed.question)}"
    from sessions.core.filing.labels import reader_of  # few posts are opened, and it is much

    plan = state.plan or Plan()
    label = reader_of(*plan.languages).parse(state.text(post))
    if label is None:
        return "it says so by its label"
    word = f"{plan.spoken.labels['QA'.index(label.letter)]}{label.number}"
    return f"it {'begins with' if label.where == 'start' else 'has the label'} {word}"


def _name(state: SessionState, question: str) -> str:
    return state.questions[question].name
