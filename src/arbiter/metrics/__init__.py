"""What is measured of the whole company: the catalogue of measures, and their dated snapshots."""
