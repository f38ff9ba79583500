"""The pictures in the README, of the real desk on a real hub with the built-in cast.

`python -m tests.pictures` writes `docs/desk.svg` and `docs/rehearsal.svg`. Time stands but where the script moves
it, so that the same desk gives the same pictures.

* `rehearsal`: what two moderators do in it
* `moving`: frames of a screen as one SVG that shows them one after the other
"""
