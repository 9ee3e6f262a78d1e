"""LinkedIn: members and organisation Pages, through the versioned Posts API."""
