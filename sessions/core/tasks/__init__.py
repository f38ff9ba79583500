"""Tasks to look a hashtag up: who did them and how that is known, from what the fold keeps (`state.finds`). Pure.

* `standing`: how somebody stands with a task
* `words`: the same in words
"""
