"""HTML pages: scanned for words and their places, told article from chrome, composed from the page's own characters."""
