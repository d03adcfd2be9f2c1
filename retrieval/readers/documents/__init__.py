"""Documents of offices: letters, books, tables, mail, archives and scans."""
