"""Coming."""

import argparse


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Coming."""
