"""A channel: what is posted under the tags of a series between its chats, a month in each session. Pure.

It may use the plan, the events and the state.

* `months`: the months, their plans, and what their sources are told
* `carrying`: what a month takes over of those who are known
"""
