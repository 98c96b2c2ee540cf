"""What `Appliance` answers, by subject: each file is a part of that one class."""
