"""What is held of a person, what they ask of it, how long it is kept, and how it is forgotten."""
