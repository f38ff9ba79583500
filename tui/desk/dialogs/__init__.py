"""The dialogs of the desk."""
