"""Writes of the core's base."""
