"""The command line: every command of the contract, each a request to the services and a few lines of answer."""
