"""Column roles proposed for a file that no profile knows: from header words in many languages and from the values themselves."""
