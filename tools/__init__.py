"""What keeps generated files true: run as `make docs`; no part of the product."""
