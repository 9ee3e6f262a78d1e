"""The stand-in for LinkedIn: sign-in, posts, media, comments, organisations, as its documentation tells of them."""
