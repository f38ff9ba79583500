"""The answer pane: posts anchored at the row under the cursor, wrapped where they are in sight."""
