"""Writing segments down, keeping whom they hold, putting them away."""
