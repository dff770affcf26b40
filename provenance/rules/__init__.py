"""Where each field's values stand in a page."""
