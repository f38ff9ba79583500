"""A campaign of faults on real processes: a hub, two desks, and what goes wrong between and under them.

`python -m tests.faults --rounds 500 --seed 1` takes one fault after the other, at moments that come of the seed, and
looks after each round whether every copy tells of one chat. `tests/sessions/hub/test_campaign.py` is the short form.

* `faults`: each fault, while two desks work
* `rounds`: a round from its hub to the judgement
* `takeovers`: rounds in which the chat goes on from the desks' copies; `deputy_child` is such a desk, `heir` its hub
* `desk`: a desk that works by a seed and notes what it was answered; `desk_child` is one in a process of its own
* `hub_child`: a hub whose disk and clock fail on request
* `processes`: both as processes, started ahead
* `way`: the connection between a desk and the hub, which breaks on request
* `one_copy`: whether what was answered is what one copy would have answered
* `judging`: what must hold after a round
"""
