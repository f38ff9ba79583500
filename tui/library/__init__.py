"""The library screen: all saved chats in one list."""
