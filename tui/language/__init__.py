"""The language in which the program speaks: chosen once, when `tui` is loaded, and then said by `sessions.words`.

It may use the standard library, platformdirs and what is pure or of files in `sessions`.

* `choosing`: which language it is, by what the environment and the config say; pure
* `speaking`: does it, with the catalogues that were compiled when Lunchroom was installed
* `place`: where the config is
"""
