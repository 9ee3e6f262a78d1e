"""`agm`: puts the parts together on one machine.

The only package that may import both doors. It starts the processes of a development stack and keeps hold of them,
makes local keys, migrates, and shows the whole product through its public GraphQL API (`agm demo`). The sandbox is an
independent witness: it is started as a child process and never imported.
"""
