"""A desk's side of the hub: commands, the event stream, invites, the exchange."""
