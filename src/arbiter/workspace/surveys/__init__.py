"""The question library: what can be asked, in which words, seen as the person sees it, and asked now."""
