"""What is said to whoever left a desk."""

from sessions.words import _

LEFT = _("You left; the chat goes on. `lunchroom join` comes back.")
LEFT_OPENING = _("You left while the chat was opening. `lunchroom join` sits down at it once it runs.")
CLOSED = _(
    "The chat is closed and saved. `lunchroom sessions` lists it, `lunchroom new --like latest` writes the next plan."
)
