"""Real servers for tests, each a child process that dies with pytest, and the clients that speak to them."""
