"""Words that the hub says in English and a desk in its own language."""


def later(message: str) -> str:
    """The sentence as it stands; a catalogue has it for whoever shows what is English where it is decided."""
    return message
