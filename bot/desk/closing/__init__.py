"""After a case was resolved: what its customer writes is weighed, and a decision that was wrong is undone."""
