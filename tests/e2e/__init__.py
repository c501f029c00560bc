"""The whole job as its users run it: the command line, over real HTTP, killed and restarted."""
