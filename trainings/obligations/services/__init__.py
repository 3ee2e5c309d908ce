"""What changes obligations: prepared, activated, ended; evaluated each night; decided about one person."""
