"""The catalogues of Lunchroom's own words: `python -m tests.words` brings them up to date with the code.

* `catalogues`: takes the sentences out of the code and puts them into each catalogue
* `bypassing`: sentences in the code that no catalogue could say
"""
