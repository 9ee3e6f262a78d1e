"""Facebook Pages: sign-in, discovery of Pages and their Instagram accounts, publishing."""
