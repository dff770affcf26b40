"""Where a headline may stand: in the titles of the metadata, and in the headings that the page displays."""
