"""Many pages: workers that may be killed, results in the order of the inputs, and runs that go on where they were."""
