"""The loopback server: how a second process on the same home reaches the appliance."""
