"""The suite with httpx2, the successor of httpx, under httpx's name.

httpx has had no release since 2024. `python -m tests.with_httpx2 [what pytest takes]` shows what a move would break.

* `__main__`: the command
* `site/sitecustomize`: what each Python of that run does before anything else, programs that the tests start among them
"""
