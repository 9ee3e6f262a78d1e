"""A door: the workers that drain Redis and make every outbound platform call.

`main` is the only file here that knows arq. A ring from Redis wakes a runner; the runner claims rows and works on
them. What has to be done is in the rows: a ring that is lost costs one sweep.
"""
