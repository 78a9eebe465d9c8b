"""Where expressions are run: in this process, on a cluster, in a warehouse."""
