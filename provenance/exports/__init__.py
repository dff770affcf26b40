"""Records as citations and catalogue formats."""
