"""The channel of a series in the library. It may use the library and what is pure.

* `months`: which months are saved, which goes on, and what each has from the one before
"""
