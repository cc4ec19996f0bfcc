"""Questions to a dossier, answered as plain records; templates and style sheet that report and web share."""
