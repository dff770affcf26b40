"""Parts of the check of a record: structure, rules across fields, evidence, a page's own markup."""
