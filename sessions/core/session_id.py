"""What the id of a session may look like, before it becomes part of a file's name or of an address."""

import re
from typing import Final

SESSION_ID: Final = re.compile(r"[a-z0-9]{6}")
"""Ours are made of base32 characters (`a-z2-7`); others may write the other digits, too."""
