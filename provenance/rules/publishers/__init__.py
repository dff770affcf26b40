"""Who runs a page: where its name may stand, what a name is worth, and which host it stands on."""
