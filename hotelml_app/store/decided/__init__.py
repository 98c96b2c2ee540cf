"""What staff decided and told, which no export knows."""
