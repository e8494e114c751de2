"""Multiple systems estimation: how many there are in all, from several lists that overlap."""
