"""JSON Schemas of the record, as package data (draft 2020-12)."""
