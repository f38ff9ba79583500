"""The pictures in the README and the manual, of the real desk on a real hub with the built-in cast.

`python -m tests.pictures` writes `docs/desk.svg`, `docs/rehearsal.svg` and those in `docs/use/manual`. Time stands but
where the script moves it, so that the same desk gives the same pictures.

* `rehearsal`: what two moderators do in it
* `manual`: the pictures of the manual, a page each
* `moving`: frames of a screen as one SVG that shows them one after the other
"""
