"""Delivered files, whatever their form, become text cells with row numbers."""
