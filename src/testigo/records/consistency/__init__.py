"""What does not add up: the rules C01 to C24 over deliveries and over statements of texts."""
