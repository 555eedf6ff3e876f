"""np.where with a plain integer 0; a number comes back as an array without axes."""

relu = lambda x: np.where(x > 0, x, 0)
