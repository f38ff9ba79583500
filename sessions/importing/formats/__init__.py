"""The forms that archives come in: tables, JSON lines, Storify pages, and their texts and times."""
