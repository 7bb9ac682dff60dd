"""What may be done with facts: mark a day, compute them anew."""
