"""Temperature on the development set, and expected calibration error before and after."""
import numpy as np


def at_temperature(log_probabilities, temperature):
    scaled = log_probabilities / temperature
    scaled = scaled - scaled.max(1, keepdims=True)
    return scaled - np.log(np.exp(scaled).sum(1, keepdims=True))


def expected_calibration_error(log_probabilities, tags, bins=15):
    """Mean gap between confidence and accuracy of the likeliest tag, over equal-width bins weighted by their words."""
    confidence = np.exp(log_probabilities.max(1))
    right = log_probabilities.argmax(1) == tags
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gap = 0.0
    for b in range(bins):
        inside = place == b
        if inside.any():
            gap += inside.mean() * abs(confidence[inside].mean() - right[inside].mean())
    return float(gap)


def calibrate(log_probabilities, tags):
    """The temperature from .5 to 3 with the least negative log-likelihood, and both errors."""
    log_probabilities, tags = np.concatenate(log_probabilities), np.concatenate(tags)
    rows = np.arange(len(tags))
    grid = np.arange(0.5, 3.01, 0.05)
    losses = [-at_temperature(log_probabilities, t)[rows, tags].mean() for t in grid]
    temperature = float(grid[int(np.argmin(losses))])
    return {
        'temperature': round(temperature, 2),
        'before': expected_calibration_error(log_probabilities, tags),
        'after': expected_calibration_error(at_temperature(log_probabilities, temperature), tags),
    }
