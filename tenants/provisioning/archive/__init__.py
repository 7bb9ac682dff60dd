"""A city as one file: back up, restore, compare, change places, hand over, erase (docs/decisions).

The owner's process does it, step by step, as operations; what is needed of the floors above is
registered with `configuration`.
"""
