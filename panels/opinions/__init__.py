"""From drafts to graded replies: the rule, the votes, the opinion of a panel and what the city owes for it."""
