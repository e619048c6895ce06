/** 95 % on both sides. */
const Z = 1.96;

/**
 * The lower bound of the share of successes (0 to 1) that `successes` of `trials` make credible: 1 of 1 is .207,
 * 8 of 10 is .490, 45 of 50 is .786. Without trials 0.
 */
export function wilsonLower(successes: number, trials: number): number {
  return trials === 0 ? 0 : Math.max(0, centre(successes, trials) - margin(successes, trials));
}

/** The upper bound likewise; without trials 1. */
export function wilsonUpper(successes: number, trials: number): number {
  return trials === 0 ? 1 : Math.min(1, centre(successes, trials) + margin(successes, trials));
}

function centre(successes: number, trials: number): number {
  return (successes / trials + (Z * Z) / (2 * trials)) / (1 + (Z * Z) / trials);
}

function margin(successes: number, trials: number): number {
  const share = successes / trials;
  return (
    (Z * Math.sqrt((share * (1 - share)) / trials + (Z * Z) / (4 * trials * trials))) / (1 + (Z * Z) / trials)
  );
}
