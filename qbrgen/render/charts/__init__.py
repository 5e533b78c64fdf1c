"""Charts that earn matplotlib's cost (time series). Marks and bars are SVG templates in templates/brief/svg."""
