"""Signals that tell an article from other pages: small numbers that a person can check on the page itself."""
