"""Rules of market entities: names, look-alikes, counts of a chain, 小升规 (docs/algorithms/enterprises.md)."""
