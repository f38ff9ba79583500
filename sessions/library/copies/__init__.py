"""A desk's own copy of a chat that another computer's hub keeps: the file, and what writes it beside the desk."""
