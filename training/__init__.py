"""How the shipped model is made from open data. Nothing here is imported by the package."""
