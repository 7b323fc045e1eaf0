"""Answers to customers: the replies that are ready, and the time there is to take one back before it leaves."""
