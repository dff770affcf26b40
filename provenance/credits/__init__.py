"""Credit lines as text: who is named, in which role. Knows no HTML."""
