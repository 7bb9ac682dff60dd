"""Plain Django, the yardstick: no tenants, persistent connections, the best index."""
