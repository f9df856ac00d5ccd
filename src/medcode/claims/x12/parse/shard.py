"""Which of the records of a file are built, where others are built elsewhere."""

from __future__ import annotations

import attrs

__all__ = ["EVERY", "Shard"]


@attrs.frozen
class Shard:
    """Which records are built, counted from 0: those whose number, modulo `total`, is in `indexes`."""

    indexes: frozenset[int]
    total: int

    def holds(self, number: int) -> bool:
        """Whether a record is in the shard."""
        return number % self.total in self.indexes

    def number(self, count: int) -> int:
        """Return the number in the file of the record that comes after so many of the shard.

        >>> [Shard(frozenset({0, 2}), 3).number(count) for count in range(4)]
        [0, 2, 3, 5]
        """
        rounds, index = divmod(count, len(self.indexes))
        return rounds * self.total + sorted(self.indexes)[index]


EVERY = Shard(frozenset({0}), 1)
