"""What the bounds are for, as the page tells it."""

GOALS = {
    "G1": "A burst: ten thousand publications due at one instant take at most 2.5 times as long, and 3 times the "
    "processor time, as a script that only makes the calls; they are out three times sooner than with a queue that has "
    "a job for each. Nothing goes out twice.",
    "G2": "Punctuality: how late a call starts. Alone, 30 ms mostly; of a thousand nearly all within 0.6 s; of ten "
    "thousand within 2.5 times the bare script's lateness.",
    "G3": "The outbound client costs at most 3 times bare aiohttp, and opens no more connections than calls are out.",
    "G4": "A small read costs at most 3 times the same answer by hand-written graphql-core.",
    "G5": "A list of 100 with 8 fields costs at most 0.6 times graphql-core by hand, extensions included.",
    "G6": "Accepting a post (one transaction, one ring) costs at most twice a server written by hand for just that.",
    "G8": "A worker that is killed in a burst doubles and loses nothing, and holds nothing up longer than its lease "
    "and ten seconds.",
    "G10": "Reading 100 publications from the database costs at most 3 times the bare driver.",
    "G11": "Measuring a text takes time that grows with the text and no faster, whatever the text: ten times the "
    "text at most 12 times the time.",
}
