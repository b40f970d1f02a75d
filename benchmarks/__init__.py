"""How fast perfeval is, as ratios against peers: ``python -m benchmarks``.

Both sides of a ratio run by turns in one process, so that what disturbs one disturbs the other.
Absolute times are not printed: they say more about the machine than about the code.
"""
