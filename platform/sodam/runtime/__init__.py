"""What Sodam runs on by itself: embedded servers, ports, secrets, state and the supervisor."""
