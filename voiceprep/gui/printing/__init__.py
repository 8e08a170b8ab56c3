"""A session on paper: what a report shows as blocks of lines, put on pages, painted into a PDF."""
