"""Conditioning: rival readings taken through the record, year by year, by sequential Monte Carlo."""
