"""Judging the quality of what the city does. Today only the shape of an evaluation sheet."""
