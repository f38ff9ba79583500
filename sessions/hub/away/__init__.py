"""What both sides of a chat between two homes rest on: endpoints of iroh, whom they contact, and this computer's key.

An endpoint *is* a public key; whoever dials it needs no certificate, no account and no open port, and QUIC encrypts all
that passes. Nothing is bound and nobody is contacted until somebody asks for it. It may use `core` and `files`, and
knows neither the server nor the client. The library iroh is imported with the first endpoint.

* `relay`: which relay, and in words whom that contacts
* `endpoint`: binding, tickets, keys
* `reaching`: by which ways this computer can be reached, tried
* `kept`: what a session's runtime file keeps of it
* `asking`: what hubs and desks of one session ask each other with
* `computer`: the key of this computer's account
"""
