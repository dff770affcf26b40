"""The commands, one module each: arguments in, the library called, text out. `provenance.cli` puts them together."""
