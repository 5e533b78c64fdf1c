"""What several benchmarks use; nothing here is run by itself."""
