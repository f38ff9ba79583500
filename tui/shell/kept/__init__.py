"""What is kept from run to run.

* `remembered`: values by their names that nobody sets, in a file beside the config
* `config_file`: what somebody chose, written into the config
"""
