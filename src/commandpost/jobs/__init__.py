"""What happens by itself, when its time has come. Any node may do it; it is done once."""
