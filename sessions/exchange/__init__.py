"""The exchange of saved chats: what two libraries lack of each other, and taking it in."""
