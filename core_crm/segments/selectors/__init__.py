"""Reads of segments: which there are, whom they hold, and what lies behind a count."""
