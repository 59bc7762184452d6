"""Derived series: recipes declared as data, the methods they name, and the arithmetic behind them."""
