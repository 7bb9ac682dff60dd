"""The addresses of each door. `tenants.isolation.middleware` picks one by the host name."""
