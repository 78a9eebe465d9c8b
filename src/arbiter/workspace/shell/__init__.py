"""What stands around every page: navigation, saved views, who is signed in, the theme."""
