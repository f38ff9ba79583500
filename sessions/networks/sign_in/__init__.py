"""What signing in at a network is made of; each network puts its own together in its `login`, `sign_in` and `checking`.

It knows no network by name, and how questions reach a person only as `Prompts`; it rests on
`sessions.networks.web`.

* `prompts`: what a sign-in asks of the person at the keyboard, and what comes of it
* `parsing`: what they type or paste: a server, a token, an app password
* `oauth`: consent in the browser (authorization code with PKCE)
* `loopback`: the page of this computer to which the browser brings the answer
* `findings`: what is told of an account that was checked
* `lending`: an account without what reading does not need
* `errors`: why a sign-in did not come about
"""
