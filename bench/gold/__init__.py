"""Our own benchmark of rival accounts: invented crises, their pages and labels, and what turns them into tables."""
