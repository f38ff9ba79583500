"""Records: all of a series in a folder that can be read and checked without Lunchroom (docs/use/records.md).

It may use `library` and `reports`; nothing of a chat that runs.

* `manifest`: the list of what is in such a folder, with a checksum of each file
* `exporting`: what would be written, and writing it
* `readme`: the text that explains the folder to whoever finds it
* `verifying`: whether a folder still is what its list says
"""
