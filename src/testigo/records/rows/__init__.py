"""Text cells become accepted, excluded and quarantined rows: nothing lost."""
