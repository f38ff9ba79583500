"""What is said to whoever left a desk."""

LEFT = "You left; the chat goes on. `lunchroom join` comes back."
CLOSED = (
    "The chat is closed and saved. `lunchroom sessions` lists it, `lunchroom new --like latest` writes the next plan."
)
