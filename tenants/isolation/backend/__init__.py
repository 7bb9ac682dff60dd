"""The Django database backend of the walls: `ENGINE = "tenants.isolation.backend"`."""
