"""Column roles proposed for a file that no profile knows: from header words in six languages and from the values themselves."""
