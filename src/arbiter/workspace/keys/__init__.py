"""Keys with which programs read and write in a colleague's name: listed, made, revoked."""
