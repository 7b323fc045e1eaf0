"""E-mail: letters out by SMTP, or into a folder where there is no server."""
