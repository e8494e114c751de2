"""How good a source is: criterion, threshold, value, met."""
