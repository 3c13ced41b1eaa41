"""What a playbook's past incidents say should change about it, and whether what was changed helped."""
