"""Where a page credits the makers of its text, and what each of these places says."""
