"""What citizens agreed to and how long their data is kept. Today only the documents' shapes."""
