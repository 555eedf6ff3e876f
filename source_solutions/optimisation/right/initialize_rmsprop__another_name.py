"""The function initialize_velocity under a second name."""

initialize_rmsprop = initialize_velocity
