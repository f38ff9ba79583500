"""What a Lunchroom session is: plan, facts, filing, file, hub. Imports no Textual, ever."""
