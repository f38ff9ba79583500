"""`config.toml` for the command line: what holds of it, what is wrong on which line, and an editor on it.

* `holding`: what somebody has set, in words
* `mistakes`: everything in it that is ignored, with its line
* `sample`: what a first one says
* `editor`: opening it
"""
