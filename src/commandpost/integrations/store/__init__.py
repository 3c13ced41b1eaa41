"""What is kept of integrations."""
