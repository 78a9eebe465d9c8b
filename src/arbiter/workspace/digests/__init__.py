"""Who hears each evening what changed: one's own mail, and the channels of all."""
