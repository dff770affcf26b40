"""The check of records: JSON Schema, rules across fields, evidence, collections, and a page's own markup.

validate_record(record)       ->  (Finding, ...)
validate_collection(records)  ->  findings of what occurs twice
RULES                         ->  every rule with its sentence and remedy
"""

from provenance.validation.record import Collection, validate_collection, validate_record
from provenance.validation.rules import RULES

__all__ = ["RULES", "Collection", "validate_collection", "validate_record"]
