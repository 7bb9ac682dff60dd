"""What a change would do to real cases and scores, before it does it. Reads only."""
