"""The publication room."""

__all__: list[str] = []
