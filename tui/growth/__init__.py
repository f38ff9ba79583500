"""The growth screen: the numbers of a series."""
