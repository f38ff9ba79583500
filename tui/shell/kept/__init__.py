"""What is kept from run to run without anybody setting it.

* `remembered`: values by their names, in a file beside the config
"""
