"""Taking words out of a session: blanking a post, forgetting a person."""
