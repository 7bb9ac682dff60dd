"""Segments: named conditions on citizens, by what they need and never by what they are worth."""
