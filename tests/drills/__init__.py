"""What must not fail while people use the product: `make drill`, and a small one in the suite."""
