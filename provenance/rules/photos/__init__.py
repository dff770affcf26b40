"""Photos of the article: where they stand, which are the article's own, and what is printed beside them."""
