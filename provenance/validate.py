"""The door to checking: `validate_record`, `validate_collection`, `validate_page`, and the table of rules."""

from provenance.validation import RULES, Collection, validate_collection, validate_record
from provenance.validation.markup import validate_page

__all__ = ["RULES", "Collection", "validate_collection", "validate_page", "validate_record"]
