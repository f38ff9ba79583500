"""What moderators post to the networks: the texts, how long they may be, what they cost, and sending each once."""
