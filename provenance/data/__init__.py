"""Authority files, phrases and crosswalks: facts as data."""
